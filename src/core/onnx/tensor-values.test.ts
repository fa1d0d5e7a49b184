import { rmSync, truncateSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { float32Initializer, int64Initializer, integersOf, loadFloat32, loadIntegers, loadTensor } from './index.ts';
import type { Initializer } from './index.ts';
import { refusalOf, TestFolder } from './test-models.ts';

const folder = new TestFolder();
afterAll(() => {
  folder.remove();
});

const values = Float32Array.of(1, -2.5, 3e-20, 4);

function inFile(offset: number): Initializer {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(values.buffer)]);
  const path = folder.write('values.bin', bytes);
  return { name: 'w', dataType: 'float32', dims: [4], data: { kind: 'file', path, offset, length: 16 } };
}

test.each([0, 1, 2, 3, 4, 5])('float32 values at byte %i of a file', async (offset) => {
  expect(await loadFloat32(inFile(offset))).toEqual(values);
});

test.each([0, 1, 2, 3])('float32 values at byte %i of a buffer', async (offset) => {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(values.buffer)]).subarray(offset);
  const tensor: Initializer = { name: 'w', dataType: 'float32', dims: [4], data: { kind: 'memory', bytes } };
  expect(await loadFloat32(tensor)).toEqual(values);
});

test('integers keep their sign, bools are 0 and 1', async () => {
  expect(integersOf(int64Initializer('s', [3], [-1, 0, 2 ** 40]))).toEqual([-1, 0, 2 ** 40]);
  expect(await loadIntegers(int64Initializer('s', [1], [-(2 ** 53)]))).toEqual([-(2 ** 53)]);
  const bytes = Uint8Array.of(1, 0);
  expect(integersOf({ name: 'b', dataType: 'bool', dims: [2], data: { kind: 'memory', bytes } })).toEqual([1, 0]);
  const odd = Buffer.from([0, 0xff, 0xff, 0xff, 0xff]).subarray(1);
  expect(integersOf({ name: 'i', dataType: 'int32', dims: [1], data: { kind: 'memory', bytes: odd } })).toEqual([-1]);
});

test('a wrong type is refused by name', async () => {
  expect(await refusalOf(loadIntegers(inFile(0)))).toMatch(/^model\/unsupported-form: .*"w".*float32.*integers/);
  const half: Initializer = { ...inFile(0), dataType: 'float16' };
  expect(await refusalOf(loadFloat32(half))).toMatch(/^model\/unsupported-form: .*"w".*float16.*float32/);
});

test('the bytes of a tensor in memory are its own', async () => {
  const tensor = float32Initializer('w', [4], values);
  expect(await loadTensor(tensor)).toEqual(new Uint8Array(values.buffer));
});

test('a file that is gone or cut says so', async () => {
  const tensor = inFile(3);
  truncateSync(folder.file('values.bin'), 10);
  expect(await refusalOf(loadTensor(tensor))).toMatch(/^model\/unreadable: .*shorter/);
  rmSync(folder.file('values.bin'));
  expect(await refusalOf(loadTensor(tensor))).toMatch(/^model\/unreadable: .*cannot be opened/);
});
