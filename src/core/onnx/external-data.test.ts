import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, describe, expect, test } from 'vitest';
import { loadFloat32, readModel, saveModel, type Initializer } from './index.ts';
import { getInitializer, refusalOf, TestFolder, writeDraft } from './test-models.ts';

const folder = new TestFolder();
const elsewhere = new TestFolder();
afterAll(() => {
  folder.remove();
  elsewhere.remove();
});

const values = Float32Array.from({ length: 400 }, (_, i) => i / 16);
const weights = Buffer.concat([Buffer.alloc(24), Buffer.from(values.buffer), Buffer.alloc(8)]);
folder.write('weights.bin', weights);
elsewhere.write('secret.bin', weights);
mkdirSync(folder.file('inner'));
folder.write('inner/weights.bin', weights);
symlinkSync(elsewhere.file('secret.bin'), folder.file('link.bin'));
symlinkSync(elsewhere.path, folder.file('linked'));
symlinkSync(folder.file('weights.bin'), folder.file('inner/back.bin'));

/** y = x + w, with w (400 float32 values unless said otherwise) outside. */
function writeReference(entries: Readonly<Record<string, string>>, dims: readonly number[] = [400]): string {
  const externalData = Object.entries(entries).map(([key, value]) => ({ key, value }));
  const shape = { dims: dims.map((value) => ({ value })) };
  const graph = {
    name: 'sum',
    nodes: [{ operator: 'Add', inputs: ['x', 'layer.weight'], outputs: ['y'] }],
    initializers: [{ name: 'layer.weight', dataType: 1, dims, dataLocation: 1, externalData }],
    inputs: [{ name: 'x', type: { tensor: { elementType: 1, shape } } }],
    outputs: [{ name: 'y', type: { tensor: { elementType: 1, shape } } }],
  };
  return folder.write('model.onnx', writeDraft({ irVersion: 8, opsets: [{ domain: '', version: 17 }], graph }));
}

async function readWeight(file: string): Promise<Initializer> {
  return getInitializer((await readModel(file)).graph, 'layer.weight');
}

describe('external data', () => {
  test.each([
    ['beside the model', { location: 'weights.bin', offset: '24', length: '1600' }],
    ['in a folder below', { location: 'inner/weights.bin', offset: '24', length: '1600' }],
    ['written with ./', { location: './weights.bin', offset: '24', length: '1600' }],
    ['without a length', { location: 'weights.bin', offset: '24' }],
    ['through a link that stays inside', { location: 'inner/back.bin', offset: '24', length: '1600' }],
  ])('%s', async (_, entries) => {
    const weight = await readWeight(writeReference(entries));
    expect(weight.data).toMatchObject({ kind: 'file', offset: 24, length: 1600 });
    expect(await loadFloat32(weight)).toEqual(values);
  });

  test('a small tensor is read at once', async () => {
    const weight = await readWeight(writeReference({ location: 'weights.bin', offset: '28', length: '8' }, [2]));
    expect(weight.data.kind).toBe('memory');
    expect([...(await loadFloat32(weight))]).toEqual([1 / 16, 2 / 16]);
  });

  test('a model saved from it holds everything itself', async () => {
    const model = await readModel(writeReference({ location: 'weights.bin', offset: '24' }));
    await saveModel(model, elsewhere.file('whole.onnx'));
    expect(await loadFloat32(await readWeight(elsewhere.file('whole.onnx')))).toEqual(values);
    const session = await InferenceSession.create(elsewhere.file('whole.onnx'));
    expect(session.inputNames).toEqual(['x']);
    await session.release();
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['no location', {}, /plain name/],
    ['an absolute path', { location: elsewhere.file('secret.bin') }, /plain name/],
    ['an absolute path of Windows', { location: 'C:\\weights.bin' }, /plain name/],
    ['a drive of Windows', { location: 'C:weights.bin' }, /plain name/],
    ['a network path of Windows', { location: '\\\\server\\share\\w.bin' }, /plain name/],
    ['a way up', { location: `../${path.basename(elsewhere.path)}/secret.bin` }, /plain name/],
    ['a way up that comes back', { location: 'inner/../weights.bin' }, /plain name/],
    ['a way up in the manner of Windows', { location: '..\\secret.bin' }, /plain name/],
    ['a zero byte', { location: 'weights.bin\0.txt' }, /plain name/],
    ['a link to elsewhere', { location: 'link.bin', offset: '24' }, /outside/],
    ['a file in a linked folder', { location: 'linked/secret.bin', offset: '24' }, /outside/],
    ['a missing file', { location: 'nowhere.bin' }, /missing/],
    ['a folder', { location: 'inner' }, /missing/],
    ['the folder itself', { location: '.' }, /missing/],
    ['a file too short', { location: 'weights.bin', offset: '40', length: '1600' }, /ends at byte 1632/],
    ['an offset far beyond', { location: 'weights.bin', offset: '999999999999' }, /ends at byte 1632/],
    ['the wrong length', { location: 'weights.bin', offset: '24', length: '1604' }, /holds 1604 bytes.*need 1600/],
    ['an offset below zero', { location: 'weights.bin', offset: '-8' }, /no number/],
    ['an offset in words', { location: 'weights.bin', offset: '0x10' }, /no number/],
    ['a length beyond counting', { location: 'weights.bin', length: '9'.repeat(40) }, /no number/],
  ])('refused: %s', async (_, entries, sentence) => {
    const refusal = await refusalOf(readModel(writeReference(entries)));
    expect(refusal).toMatch(/^model\/external-data: Tensor "layer\.weight" /);
    expect(refusal).toMatch(sentence);
  });
});
