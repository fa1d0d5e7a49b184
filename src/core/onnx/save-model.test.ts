import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { hashFile, readModel, saveModel, writeModel, type Initializer } from './index.ts';
import { refusalOf, TestFolder, tinyClassifier } from './test-models.ts';

const folder = new TestFolder();
afterAll(() => {
  folder.remove();
});

test('a saved model replaces the file it was read from', async () => {
  const file = folder.write('model.onnx', writeModel(tinyClassifier()));
  const before = readFileSync(file);
  await saveModel(await readModel(file), file);
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(folder.path)).toEqual(['model.onnx']);
});

test('large tensors in memory and in files come out in order', async () => {
  const source = folder.write('weights.bin', Buffer.alloc(3 * 2 ** 20, 'abc'));
  const length = 2 ** 20;
  const sizes = { dims: [length], dataType: 'uint8' } as const;
  const tensors: Initializer[] = [
    { ...sizes, name: 'in memory', data: { kind: 'memory', bytes: Buffer.alloc(length, 'x') } },
    { ...sizes, name: 'in a file', data: { kind: 'file', path: source, offset: 3, length } },
    { ...sizes, name: 'nothing', dims: [0], data: { kind: 'file', path: source, offset: 0, length: 0 } },
    { ...sizes, name: 'in memory too', data: { kind: 'memory', bytes: Buffer.alloc(length, 'y') } },
  ];
  const initializers = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  await saveModel(tinyClassifier({ initializers }), folder.file('large.onnx'));
  const { graph } = await readModel(folder.file('large.onnx'));
  const bytes = readFileSync(folder.file('large.onnx'));
  const starts = [...graph.initializers.values()].map(({ name, data }) =>
    data.kind === 'file' ? [name, bytes.toString('latin1', data.offset, data.offset + 4)] : [name, data.bytes.length],
  );
  expect(starts).toEqual([
    ['in memory', 'xxxx'],
    ['in a file', 'abca'],
    ['nothing', 0],
    ['in memory too', 'yyyy'],
  ]);
});

test('a failure leaves nothing behind', async () => {
  const target = folder.file('nothing.onnx');
  const data = { kind: 'file', path: folder.write('short.bin', Buffer.alloc(100)), offset: 0, length: 200 } as const;
  const tensor: Initializer = { name: 'w', dataType: 'uint8', dims: [200], data };
  const model = tinyClassifier({ initializers: new Map([['w', tensor]]) });
  expect(await refusalOf(saveModel(model, target))).toMatch(/^model\/unreadable: .*short\.bin.*shorter/);
  rmSync(data.path);
  expect(await refusalOf(saveModel(model, target))).toMatch(/^model\/unreadable: .*short\.bin.*cannot be opened/);
  expect(readdirSync(folder.path).filter((name) => name.includes('nothing'))).toEqual([]);
});

test('places that cannot be written to', async () => {
  mkdirSync(folder.file('taken.onnx'));
  const save = (name: string): Promise<string> => refusalOf(saveModel(tinyClassifier(), folder.file(name)));
  expect(await save('taken.onnx')).toMatch(/^output\/not-writable: .*there is a folder of that name/);
  expect(await save('no/folder.onnx')).toMatch(/^output\/not-writable: .*its folder does not exist/);
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('more than protobuf can hold is refused before anything is written', async () => {
  const file = folder.write('sparse.bin', '');
  truncateSync(file, 2 ** 31);
  const data = { kind: 'file', path: file, offset: 0, length: 2 ** 31 } as const;
  const tensor: Initializer = { name: 'w', dataType: 'uint8', dims: [2 ** 31], data };
  const model = tinyClassifier({ initializers: new Map([['w', tensor]]) });
  expect(await refusalOf(saveModel(model, folder.file('big.onnx')))).toMatch(/^output\/not-writable: .*2 GB/);
});

test('the hash of a file is its SHA-256', async () => {
  const bytes = Buffer.alloc(2 ** 21 + 5, 'hash me');
  const file = folder.write('hashed.bin', bytes);
  expect(await hashFile(file)).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(await refusalOf(hashFile(folder.file('missing.bin')))).toMatch(/^model\/not-found: .*missing\.bin/);
  expect(await refusalOf(hashFile(folder.path))).toMatch(/^model\/unreadable: /);
});
