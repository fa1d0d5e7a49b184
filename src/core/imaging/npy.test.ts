import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { loadNpy, readNpy, saveNpy, writeNpy } from './npy.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lightbox-npy-'));
});
afterAll(() => rm(folder, { recursive: true }));

// numpy.save of numpy.array([[1, -2]], dtype='<f4'), to the byte.
const reference = Buffer.concat([
  Buffer.from('\u0093NUMPY\u0001\0v\0', 'latin1'),
  Buffer.from(`{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }`.padEnd(117) + '\n'),
  Buffer.from(Float32Array.of(1, -2).buffer),
]);

describe('npy', () => {
  it('is what NumPy writes', () => {
    expect(writeNpy({ shape: [1, 2], values: Float32Array.of(1, -2) })).toEqual(reference);
  });

  it.each([
    { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
    { shape: [3], values: Float64Array.of(0.1, -0, Infinity) },
    { shape: [2, 1], values: BigInt64Array.of(-(2n ** 63n), 7n) },
    { shape: [], values: Float32Array.of(9) },
    { shape: [0, 4], values: new Float32Array(0) },
  ])('round trip through a file: $shape', async (array) => {
    const path = join(folder, 'array.npy');
    await saveNpy(path, array);
    expect(await loadNpy(path)).toEqual(array);
    expect(await readdir(folder)).toEqual(['array.npy']);
  });

  it('writes a view, not the buffer behind it', () => {
    const values = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(readNpy(writeNpy({ shape: [2], values }), 'view').values).toEqual(Float32Array.of(2, 3));
  });

  it('refuses a shape that does not hold the values', () => {
    expect(() => writeNpy({ shape: [3], values: new Float32Array(2) })).toThrow(LightboxError);
  });

  it.each([
    ['not NumPy', Buffer.from('hello')],
    ['cut header', reference.subarray(0, 40)],
    ['cut values', reference.subarray(0, -1)],
    ['Fortran order', Buffer.from(reference.toString('latin1').replace('False', ' True'), 'latin1')],
    ['another type', Buffer.from(reference.toString('latin1').replace('<f4', '>f4'), 'latin1')],
    ['prototype type', Buffer.from(reference.toString('latin1').replace("'<f4'", "'constructor'"), 'latin1')],
  ])('refuses %s', (_, bytes) => {
    expect(() => readNpy(bytes, 'bad.npy')).toThrow(/^bad\.npy /);
  });

  it('says when a file is missing or its place cannot be written', async () => {
    await expect(loadNpy(join(folder, 'none.npy'))).rejects.toMatchObject({ code: 'request/invalid' });
    const nowhere = join(folder, 'no', 'folder.npy');
    const saving = saveNpy(nowhere, { shape: [1], values: new Float32Array(1) });
    await expect(saving).rejects.toMatchObject({ code: 'output/not-writable' });
    await expect(saving).rejects.toThrow('its folder does not exist');
  });
});
