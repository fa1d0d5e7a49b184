/** TensorProto to Initializer: every form in which ONNX stores numbers becomes little-endian bytes, or a place in a file. */
import { LightboxError } from '#shared/errors.ts';
import { dataTypeOfCode, findDataTypeFacts } from './data-types.ts';
import type { ExternalData } from './external-data.ts';
import type { DataType, Initializer, TensorBytes } from './model.ts';
import type { tensorProto } from './onnx-messages.ts';
import type { MessageOf } from './wire-format.ts';
import type { WireReader } from './wire-reader.ts';

/** Longer tensors stay in the file. Shapes and indices, which the compiler reads itself, are rarely longer. */
const inMemoryLength = 1024;
const integersInMemoryLength = 64 * 1024;
const integerTypes: readonly DataType[] = ['int64', 'int32'];

type TensorMessage = MessageOf<typeof tensorProto>;

/** Where a model's bytes are found. */
export interface ModelSource {
  readonly reader: WireReader;
  readonly externalData: ExternalData;
}

/** Throws `model/unreadable` where bytes and dimensions disagree, `model/external-data` for tensors in other files. */
export function readTensor(source: ModelSource, tensor: TensorMessage): Initializer {
  const name = tensor.name ?? '';
  const dataType = dataTypeOfCode(tensor.dataType ?? 0);
  const size = measureTensor(source.reader, { name, dims: tensor.dims, dataType });
  const bytes = tensor.dataLocation === 1 ? locateExternal(source, tensor, size) : locateInside(source, tensor, size);
  return { name, dataType, dims: tensor.dims, data: keepIfSmall(source, { dataType, bytes }) };
}

interface TensorSize {
  readonly elements: number;
  /** In bytes; undefined for types of unknown size. */
  readonly length: number | undefined;
}

function measureTensor(reader: WireReader, tensor: Omit<Initializer, 'data'>): TensorSize {
  const elements = tensor.dims.reduce((product, size) => product * size, 1);
  const elementLength = findDataTypeFacts(tensor.dataType)?.elementLength;
  if (tensor.dims.some((size) => size < 0) || !Number.isSafeInteger(elements * (elementLength ?? 1))) {
    throw reader.error(`tensor "${tensor.name}" has the impossible dimensions [${tensor.dims.slice(0, 8).join(', ')}]`);
  }
  return { elements, length: elementLength === undefined ? undefined : elements * elementLength };
}

function locateExternal(source: ModelSource, tensor: TensorMessage, size: TensorSize): TensorBytes {
  return source.externalData.resolve({
    tensorName: tensor.name ?? '',
    entries: new Map(tensor.externalData.map((entry) => [entry.key ?? '', entry.value ?? ''])),
    expectedLength: size.length,
  });
}

function locateInside({ reader }: ModelSource, tensor: TensorMessage, size: TensorSize): TensorBytes {
  const facts = findDataTypeFacts(dataTypeOfCode(tensor.dataType ?? 0));
  if (!facts || size.length === undefined) return tensor.rawData ?? { kind: 'memory', bytes: new Uint8Array(0) };
  const pieces = tensor.rawData ? [tensor.rawData] : tensor[facts.typedField];
  const isFixedWidth = tensor.rawData ?? (facts.typedField === 'floatData' || facts.typedField === 'doubleData');
  const stored = pieces.reduce((total, piece) => total + lengthOf(piece), 0);
  if (isFixedWidth && stored !== size.length) {
    throw reader.error(`tensor "${tensor.name ?? ''}" needs ${size.length} bytes, but holds ${stored}`);
  }
  if (!isFixedWidth) return readVarints(reader, { name: tensor.name ?? '', pieces, size, stored });
  const [first] = pieces;
  if (first && pieces.length === 1) return first;
  return { kind: 'memory', bytes: joinPieces(reader, pieces) };
}

function lengthOf(bytes: TensorBytes): number {
  return bytes.kind === 'file' ? bytes.length : bytes.bytes.length;
}

function joinPieces(reader: WireReader, pieces: readonly TensorBytes[]): Uint8Array {
  return Buffer.concat(
    pieces.map((piece) => (piece.kind === 'file' ? reader.bytesAt(piece.offset, piece.length) : piece.bytes)),
  );
}

interface VarintPieces {
  readonly name: string;
  readonly pieces: readonly TensorBytes[];
  readonly size: TensorSize;
  /** Bytes of all pieces; a number takes at least one, so this bounds what is allocated. */
  readonly stored: number;
}

function readVarints(reader: WireReader, { name, pieces, size, stored }: VarintPieces): TensorBytes {
  const wrongCount = (count: string): LightboxError =>
    reader.error(`tensor "${name}" needs ${size.elements} numbers, but holds ${count}`);
  if (stored < size.elements) throw wrongCount(`${stored} at most`);
  const length = size.length ?? 0;
  const elementLength = size.elements === 0 ? 0 : length / size.elements;
  reader.keep(length);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  const write = integerWriters[elementLength];
  let offset = 0;
  for (const piece of pieces) {
    if (piece.kind !== 'file') continue;
    reader.position = piece.offset;
    const end = piece.offset + piece.length;
    for (; reader.position < end; offset += elementLength) {
      reader.varint();
      if (offset >= length || reader.position > end) throw wrongCount('others');
      write?.(view, offset, reader);
    }
  }
  if (offset !== length) throw wrongCount(String(offset / elementLength));
  return { kind: 'memory', bytes };
}

/** By element length. Negative and 16-bit values come sign-extended; the low bytes are the value. */
const integerWriters: Readonly<Record<number, (view: DataView, offset: number, varint: WireReader) => void>> = {
  1: (view, offset, varint) => {
    view.setUint8(offset, varint.low & 0xff);
  },
  2: (view, offset, varint) => {
    view.setUint16(offset, varint.low & 0xffff, true);
  },
  4: (view, offset, varint) => {
    view.setInt32(offset, varint.low, true);
  },
  8: (view, offset, varint) => {
    view.setInt32(offset, varint.low, true);
    view.setInt32(offset + 4, varint.high, true);
  },
};

function keepIfSmall(
  { reader }: ModelSource,
  { dataType, bytes }: { readonly dataType: DataType; readonly bytes: TensorBytes },
): TensorBytes {
  const limit = integerTypes.includes(dataType) ? integersInMemoryLength : inMemoryLength;
  if (bytes.kind === 'memory' || bytes.path !== reader.path || bytes.length > limit) return bytes;
  return { kind: 'memory', bytes: reader.bytesAt(bytes.offset, bytes.length) };
}
