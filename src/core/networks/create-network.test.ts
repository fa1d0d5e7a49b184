import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readModel, writeModel } from '#core/onnx/index.ts';
import {
  architectureNames,
  createNetwork,
  createNormalValues,
  keepNetwork,
  listWeights,
  type NetworkForm,
} from './index.ts';

const full = { classes: 1000, size: 224, seed: 1, batchNorm: 'kept' } as const;
const narrow = { width: 8, classes: 3, size: 64, seed: 7 } as const;

/** Parameters of torchvision's models, as its documentation states them (running statistics are not parameters). */
const torchvisionParameters = {
  vgg11: 132_863_336,
  vgg13: 133_047_848,
  vgg16: 138_357_544,
  vgg19: 143_667_240,
  vgg11_bn: 132_868_840,
  vgg13_bn: 133_053_736,
  vgg16_bn: 138_365_992,
  vgg19_bn: 143_678_248,
  resnet18: 11_689_512,
  resnet34: 21_797_672,
  resnet50: 25_557_032,
  resnet101: 44_549_160,
  resnet152: 60_192_808,
  densenet121: 7_978_856,
} as const;

function countParameters(form: NetworkForm): number {
  const parameters = [...listWeights(form)].filter(([name]) => !name.includes('running_'));
  return parameters.reduce((sum, [, dims]) => sum + dims.reduce((product, dim) => product * dim, 1), 0);
}

async function runNetwork(form: NetworkForm, images: Float32Array): Promise<Float32Array> {
  const session = await InferenceSession.create(writeModel(createNetwork(form)), { logSeverityLevel: 3 });
  const { logits } = await session.run({ input: new Tensor('float32', images, [2, 3, form.size, form.size]) });
  await session.release();
  return (logits?.data as Float32Array | undefined) ?? new Float32Array();
}

test.each(architectureNames)('%s has as many parameters as in torchvision', (arch) => {
  expect(countParameters({ ...full, arch })).toBe(torchvisionParameters[arch]);
});

test.each(architectureNames)('%s runs, and is the same function with its batch norms folded or kept', async (arch) => {
  const images = createNormalValues('pictures', 2 * 3 * 64 * 64);
  const kept = await runNetwork({ ...narrow, arch, batchNorm: 'kept' }, images);
  const folded = await runNetwork({ ...narrow, arch, batchNorm: 'folded' }, images);
  expect(kept).toHaveLength(6);
  expect(kept.every(Number.isFinite)).toBe(true);
  expect(kept[0]).not.toBeCloseTo(kept[3] ?? 0, 5);
  const largest = Math.max(...kept.map(Math.abs));
  for (const [index, logit] of kept.entries())
    expect(Math.abs(logit - (folded[index] ?? 0)) / largest).toBeLessThan(1e-4);
});

describe('names are those of a PyTorch export', () => {
  const nodeNames = (form: Pick<NetworkForm, 'arch' | 'batchNorm'>): string[] =>
    createNetwork({ ...narrow, ...form }).graph.nodes.map((node) => node.name);

  test('resnet50', () => {
    const names = nodeNames({ arch: 'resnet50', batchNorm: 'folded' });
    expect(names.slice(0, 3)).toEqual(['/conv1/Conv', '/relu/Relu', '/maxpool/MaxPool']);
    expect(names.filter((name) => name.startsWith('/layer3/layer3.0/'))).toEqual([
      '/layer3/layer3.0/conv1/Conv',
      '/layer3/layer3.0/relu/Relu',
      '/layer3/layer3.0/conv2/Conv',
      '/layer3/layer3.0/relu_1/Relu',
      '/layer3/layer3.0/conv3/Conv',
      '/layer3/layer3.0/downsample/downsample.0/Conv',
      '/layer3/layer3.0/Add',
      '/layer3/layer3.0/relu_2/Relu',
    ]);
    expect(names.slice(-3)).toEqual(['/avgpool/GlobalAveragePool', '/Flatten', '/fc/Gemm']);
    expect(names.filter((name) => name.endsWith('/Conv'))).toHaveLength(53);
  });

  test('vgg16_bn with its batch norms kept', () => {
    const names = nodeNames({ arch: 'vgg16_bn', batchNorm: 'kept' });
    expect(names.slice(0, 3)).toEqual([
      '/features/features.0/Conv',
      '/features/features.1/BatchNormalization',
      '/features/features.2/Relu',
    ]);
    expect(names).toContain('/features/features.43/MaxPool');
    expect(names.at(-1)).toBe('/classifier/classifier.6/Gemm');
  });

  test('densenet121 keeps the batch norms that stand before a ReLU', () => {
    const names = nodeNames({ arch: 'densenet121', batchNorm: 'folded' });
    expect(names).toContain('/features/denseblock3/denselayer24/norm1/BatchNormalization');
    expect(names).not.toContain('/features/denseblock3/denselayer24/norm2/BatchNormalization');
    expect(names).toContain('/features/transition2/pool/AveragePool');
  });
});

test('the same seed gives the same weights, another seed others', () => {
  const weightOf = (seed: number): Uint8Array | undefined => {
    const tensor = createNetwork({ ...narrow, arch: 'resnet18', batchNorm: 'folded', seed }).graph.initializers.get(
      'fc.weight',
    );
    return tensor?.data.kind === 'memory' ? tensor.data.bytes : undefined;
  };
  expect(weightOf(1)).toEqual(weightOf(1));
  expect(weightOf(1)).not.toEqual(weightOf(2));
});

test('seeded values are normal', () => {
  const values = createNormalValues('shape', 1_000_000, { mean: 2, deviation: 3 });
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const moment = (power: number): number =>
    values.reduce((sum, value) => sum + ((value - mean) / 3) ** power, 0) / values.length;
  expect(mean).toBeCloseTo(2, 1);
  expect(moment(2)).toBeCloseTo(1, 1);
  expect(moment(3)).toBeCloseTo(0, 1);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
});

test.each([
  [{ width: 7 }, /width/],
  [{ classes: 0 }, /classes/],
  [{ size: 31.5 }, /size/],
  [{ arch: 'alexnet' as 'vgg11' }, /alexnet/],
])('%o is refused', (change, sentence) => {
  expect(() => createNetwork({ ...narrow, arch: 'vgg11', batchNorm: 'folded', ...change })).toThrow(sentence);
});

describe('a kept network file', () => {
  let folder = '';
  const form = { ...narrow, arch: 'resnet18', batchNorm: 'folded' } as const;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lightbox-networks-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('is written once, used again, and written anew when damaged', async () => {
    const modelPath = await keepNetwork(form, folder);
    const first = await stat(modelPath);
    expect(await keepNetwork(form, folder)).toBe(modelPath);
    expect((await stat(modelPath)).ino).toBe(first.ino);
    await writeFile(modelPath, 'not a model');
    await keepNetwork(form, folder);
    expect((await readModel(modelPath)).graph.nodes).toHaveLength(createNetwork(form).graph.nodes.length);
    expect(await readdir(folder)).toHaveLength(1);
  });

  test('in a folder that is not there is an error with a sentence', async () => {
    await expect(keepNetwork(form, path.join(folder, 'missing'))).rejects.toMatchObject({
      code: 'output/not-writable',
    });
  });
});
