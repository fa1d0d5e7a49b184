import { describe, expect, it } from 'vitest';
import { LightboxError } from './errors.ts';
import { readNpy, writeNpy } from './npy.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

// numpy.save of numpy.array([[1, -2]], dtype='<f4'), to the byte.
const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }`.padEnd(117);
const reference = Uint8Array.from([
  ...bytesOf(`\u0093NUMPY\u0001\0v\0${header}\n`),
  ...new Uint8Array(Float32Array.of(1, -2).buffer),
]);
const withText = (from: string, to: string): Uint8Array => bytesOf(textOf(reference).replace(from, to));

describe('npy', () => {
  it('is what NumPy writes', () => {
    expect(writeNpy({ shape: [1, 2], values: Float32Array.of(1, -2) })).toEqual(reference);
  });

  it.each([
    { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
    { shape: [3], values: Float64Array.of(0.1, -0, Infinity) },
    { shape: [2, 1], values: BigInt64Array.of(-(2n ** 63n), 7n) },
    { shape: [2, 2], values: Uint8Array.of(0, 1, 254, 255) },
    { shape: [3], values: Uint16Array.of(0, 256, 65_535) },
    { shape: [], values: Float32Array.of(9) },
    { shape: [0, 4], values: new Float32Array(0) },
  ])('round trip: $shape', (array) => {
    expect(readNpy(writeNpy(array), 'array')).toEqual(array);
  });

  it('reads bytes that lie anywhere in a buffer', () => {
    const shifted = new Uint8Array(reference.length + 3);
    shifted.set(reference, 3);
    expect(readNpy(shifted.subarray(3), 'part').values).toEqual(Float32Array.of(1, -2));
  });

  it('writes a view, not the buffer behind it', () => {
    const values = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(readNpy(writeNpy({ shape: [2], values }), 'view').values).toEqual(Float32Array.of(2, 3));
  });

  it('refuses a shape that does not hold the values', () => {
    expect(() => writeNpy({ shape: [3], values: new Float32Array(2) })).toThrow(LightboxError);
  });

  it.each([
    ['not NumPy', bytesOf('hello')],
    ['cut header', reference.subarray(0, 40)],
    ['cut values', reference.subarray(0, -1)],
    ['Fortran order', withText('False', ' True')],
    ['another type', withText('<f4', '>f4')],
    ['prototype type', withText("'<f4'", "'constructor'")],
    ['a header of two megabytes', bytesOf(`\u0093NUMPY\u0002\0\0\0\u0020\0${' '.repeat(2 ** 21)}`)],
  ])('refuses %s', (_, bytes) => {
    expect(() => readNpy(bytes, 'bad.npy')).toThrow(/^bad\.npy /);
  });
});
