import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { saveFile } from './save-file.ts';

/** An array in C order (last axis fastest): float32, float64 or int64. */
export interface NpyArray<Values extends NpyValues = NpyValues> {
  readonly shape: readonly number[];
  readonly values: Values;
}

export type NpyValues = Float32Array | Float64Array | BigInt64Array;

const MAGIC = Buffer.from('\u0093NUMPY', 'latin1');
/** NumPy aligns the values to this many bytes. */
const ALIGNMENT = 64;

const elementTypes = {
  '<f4': { array: Float32Array, size: 4 },
  '<f8': { array: Float64Array, size: 8 },
  '<i8': { array: BigInt64Array, size: 8 },
} as const;

type ElementName = keyof typeof elementTypes;

const elementName = (values: NpyValues): ElementName =>
  values instanceof Float32Array ? '<f4' : values instanceof Float64Array ? '<f8' : '<i8';

const countElements = (shape: readonly number[]): number => shape.reduce((count, length) => count * length, 1);

/**
 * An array as the bytes of a NumPy file, format 1.0.
 * @throws LightboxError `request/invalid` when the shape does not hold exactly the values.
 */
export function writeNpy({ shape, values }: NpyArray): Buffer {
  if (countElements(shape) !== values.length) {
    const sentence = `An array of shape [${shape.join(', ')}] cannot hold ${values.length} values.`;
    throw new LightboxError('request/invalid', sentence);
  }
  const tuple = shape.length === 1 ? `(${shape[0] ?? 0},)` : `(${shape.join(', ')})`;
  const fields = `{'descr': '${elementName(values)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const unpadded = MAGIC.length + 4 + fields.length + 1;
  const header = `${fields.padEnd(fields.length + ((ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT))}\n`;
  const preamble = Buffer.from([...MAGIC, 1, 0, header.length & 0xff, header.length >> 8]);
  const content = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.concat([preamble, Buffer.from(header, 'latin1'), content]);
}

/** @throws LightboxError `output/not-writable` or `request/invalid`. */
export async function saveNpy(path: string, array: NpyArray): Promise<void> {
  await saveFile(path, writeNpy(array));
}

/** @throws LightboxError `request/invalid` when the file is missing or not an array of a known type in C order. */
export async function loadNpy(path: string): Promise<NpyArray> {
  try {
    return readNpy(await readFile(path), basename(path));
  } catch (cause) {
    if (cause instanceof LightboxError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new LightboxError('request/invalid', `${path} cannot be read (${code ?? message}).`, { cause });
  }
}

/** Read the bytes of a NumPy file. @throws LightboxError `request/invalid` naming the file and the problem. */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, start } = readHeader(file, name);
  const element = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? '';
  const shapeText = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (!Object.hasOwn(elementTypes, element))
    throw invalid(name, `holds values of type '${element}', not float32, float64 or int64`);
  if (!/'fortran_order':\s*False/.test(header))
    throw invalid(name, 'is not in C order; save numpy.ascontiguousarray(...)');
  if (shapeText === undefined) throw invalid(name, 'has no shape in its header');
  const shape = shapeText
    .split(',')
    .filter((length) => length.trim() !== '')
    .map(Number);
  const { array, size } = elementTypes[element as ElementName];
  const content = file.subarray(start);
  if (countElements(shape) * size !== content.length)
    throw invalid(name, `is cut off or too long for its shape [${shape.join(', ')}]`);
  return { shape, values: new array(new Uint8Array(content).buffer) };
}

function readHeader(file: Buffer, name: string): { header: string; start: number } {
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) throw invalid(name, 'is not a NumPy file');
  const isLong = (file[6] ?? 0) >= 2;
  const start = isLong ? 12 : 10;
  if (file.length < start) throw invalid(name, 'is cut off');
  const length = isLong ? file.readUInt32LE(8) : file.readUInt16LE(8);
  if (file.length < start + length) throw invalid(name, 'is cut off');
  return { header: file.toString('latin1', start, start + length), start: start + length };
}

const invalid = (name: string, problem: string): LightboxError =>
  new LightboxError('request/invalid', `${name} ${problem}.`);
