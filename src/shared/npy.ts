/** NumPy's file format, the open form in which arrays are kept and handed on. Source: numpy.lib.format, versions 1.0 to 3.0. */
import { LightboxError } from './errors.ts';
import { limits } from './limits.ts';

/** An array in C order (last axis fastest): float32, float64, int64, uint8 or uint16. */
export interface NpyArray<Values extends NpyValues = NpyValues> {
  readonly shape: readonly number[];
  readonly values: Values;
}

export type NpyValues = Float32Array | Float64Array | BigInt64Array | Uint8Array | Uint16Array;

/** "\x93NUMPY" */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy aligns the values to this many bytes. */
const ALIGNMENT = 64;

const elementTypes = {
  '<f4': { array: Float32Array, size: 4 },
  '<f8': { array: Float64Array, size: 8 },
  '<i8': { array: BigInt64Array, size: 8 },
  '|u1': { array: Uint8Array, size: 1 },
  '<u2': { array: Uint16Array, size: 2 },
} as const;

type ElementName = keyof typeof elementTypes;

function elementName(values: NpyValues): ElementName {
  const names = Object.keys(elementTypes) as readonly ElementName[];
  return names.find((name) => values instanceof elementTypes[name].array) ?? '<f4';
}

const countElements = (shape: readonly number[]): number => shape.reduce((count, length) => count * length, 1);

/**
 * An array as the bytes of a NumPy file, format 1.0.
 * @throws LightboxError `request/invalid` when the shape does not hold exactly the values.
 */
export function writeNpy({ shape, values }: NpyArray): Uint8Array<ArrayBuffer> {
  if (countElements(shape) !== values.length) {
    const sentence = `An array of shape [${shape.join(', ')}] cannot hold ${values.length} values.`;
    throw new LightboxError('request/invalid', sentence);
  }
  const tuple = shape.length === 1 ? `(${shape[0] ?? 0},)` : `(${shape.join(', ')})`;
  const fields = `{'descr': '${elementName(values)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const unpadded = MAGIC.length + 4 + fields.length + 1;
  const header = `${fields.padEnd(fields.length + ((ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT))}\n`;
  const opening = [...MAGIC, 1, 0, header.length & 0xff, header.length >> 8, ...toCodes(header)];
  const file = new Uint8Array(opening.length + values.byteLength);
  file.set(opening);
  file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), opening.length);
  return file;
}

/** Read the bytes of a NumPy file. @throws LightboxError `request/invalid` naming the file and the problem. */
export function readNpy(file: Uint8Array, name: string): NpyArray {
  const { header, start } = readHeader(file, name);
  const element = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? '';
  const shapeText = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (!Object.hasOwn(elementTypes, element))
    throw invalid(name, `holds values of type '${element}', not float32, float64, int64, uint8 or uint16`);
  if (!/'fortran_order':\s*False/.test(header))
    throw invalid(name, 'is not in C order; save numpy.ascontiguousarray(...)');
  if (shapeText === undefined) throw invalid(name, 'has no shape in its header');
  const shape = shapeText
    .split(',')
    .filter((length) => length.trim() !== '')
    .map(Number);
  const { array, size } = elementTypes[element as ElementName];
  // Copied, not sliced: a Buffer's slice is a view of the pool behind it.
  const content = new Uint8Array(file.subarray(start));
  if (countElements(shape) * size !== content.length)
    throw invalid(name, `is cut off or too long for its shape [${shape.join(', ')}]`);
  return { shape, values: new array(content.buffer) };
}

function readHeader(file: Uint8Array, name: string): { header: string; start: number } {
  if (!MAGIC.every((code, index) => file[index] === code)) throw invalid(name, 'is not a NumPy file');
  const isLong = (file[6] ?? 0) >= 2;
  const start = isLong ? 12 : 10;
  if (file.length < start) throw invalid(name, 'is cut off');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = isLong ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > limits.array.npyHeaderBytes || file.length < start + length) throw invalid(name, 'is cut off');
  return { header: String.fromCharCode(...file.subarray(start, start + length)), start: start + length };
}

const toCodes = (text: string): readonly number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const invalid = (name: string, problem: string): LightboxError =>
  new LightboxError('request/invalid', `${name} ${problem}.`);
