/** Reading the numbers of a tensor, from memory or from its file. */
import { LightboxError } from '#shared/errors.ts';
import { readIntoMemory, type OpenFiles } from './file-range.ts';
import type { DataType, Initializer } from './model.ts';

/**
 * The bytes of a tensor, little-endian, row-major. A tensor in memory gives its own bytes; do not change them.
 * Throws `model/unreadable` when its file is gone or shorter than it was.
 */
export async function loadTensor({ data }: Initializer): Promise<Uint8Array> {
  if (data.kind === 'memory') return data.bytes;
  const bytes = new Uint8Array(data.length);
  await readIntoMemory(data, bytes);
  return bytes;
}

/** The values of a float32 tensor, row-major. Throws `model/unsupported-form` for other types, else as `loadTensor`. */
export async function loadFloat32(initializer: Initializer): Promise<Float32Array> {
  requireFloat32(initializer);
  return asFloat32(await loadTensor(initializer));
}

/** The same without a promise: `take` gives the room that values in a file are read to. */
export function readFloat32(
  initializer: Initializer,
  { files, take }: { readonly files: OpenFiles; readonly take: (count: number) => Float32Array },
): Float32Array {
  requireFloat32(initializer);
  const { data } = initializer;
  if (data.kind === 'memory') return asFloat32(data.bytes);
  const values = take(data.length / Float32Array.BYTES_PER_ELEMENT);
  files.readIntoMemory(data, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return values;
}

function requireFloat32(initializer: Initializer): void {
  if (initializer.dataType !== 'float32') throw wrongType(initializer, 'float32');
}

function asFloat32(bytes: Uint8Array): Float32Array {
  const { buffer, byteOffset, length } = aligned(bytes, Float32Array.BYTES_PER_ELEMENT);
  return new Float32Array(buffer, byteOffset, length / Float32Array.BYTES_PER_ELEMENT);
}

/** The values of an integer or bool tensor; beyond 2^53 they are rounded. Throws `model/unsupported-form` for other types. */
export async function loadIntegers(initializer: Initializer): Promise<number[]> {
  return integersFrom(initializer, await loadTensor(initializer));
}

/** The same for a tensor in memory, as shapes and indices are (int64 and int32 up to 64 KB, others up to 1 KB). */
export function integersOf(initializer: Initializer): number[] {
  if (initializer.data.kind === 'memory') return integersFrom(initializer, initializer.data.bytes);
  throw new LightboxError(
    'model/unsupported-form',
    `Tensor "${initializer.name}" with dimensions [${initializer.dims.join(', ')}] is too large for a list of integers.`,
  );
}

type IntegerArray = new (
  buffer: ArrayBufferLike,
  offset: number,
  length: number,
) => ArrayLike<number | bigint> & { readonly BYTES_PER_ELEMENT: number };

const integerArrays: Readonly<Partial<Record<DataType, IntegerArray & { readonly BYTES_PER_ELEMENT: number }>>> = {
  int64: BigInt64Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint64: BigUint64Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

function integersFrom(initializer: Initializer, bytes: Uint8Array): number[] {
  const Integers = integerArrays[initializer.dataType];
  if (!Integers) throw wrongType(initializer, 'integers');
  const source = aligned(bytes, Integers.BYTES_PER_ELEMENT);
  return Array.from(new Integers(source.buffer, source.byteOffset, source.length / Integers.BYTES_PER_ELEMENT), Number);
}

/** Typed arrays must start at a multiple of their element's size; payloads in files and buffers start anywhere. */
function aligned(bytes: Uint8Array, elementLength: number): Uint8Array {
  return bytes.byteOffset % elementLength === 0 ? bytes : Uint8Array.from(bytes);
}

function wrongType({ name, dataType }: Initializer, wanted: string): LightboxError {
  return new LightboxError(
    'model/unsupported-form',
    `Tensor "${name}" is stored as ${dataType}, where ${wanted} is needed; export the model in float32.`,
  );
}
