import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork } from '#core/networks/index.ts';
import { saveModel } from '#core/onnx/index.ts';
import { loadModelFile, type ModelFile } from '../model-file.ts';
import { chooseLabels } from './choose-labels.ts';

const count = 3;
let folder: string;
let [unnamed, named]: ModelFile[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lightbox-labels-'));
  const network = createNetwork({ arch: 'resnet18', width: 8, classes: count, size: 32, seed: 1, batchNorm: 'folded' });
  await saveModel(network, path.join(folder, 'unnamed.onnx'));
  await saveModel(network, path.join(folder, 'named.onnx'));
  const manifest = { input: { width: 32, height: 32 }, labels: ['effusion', 'nodule', 'normal'] };
  await writeFile(path.join(folder, 'named.manifest.json'), JSON.stringify(manifest));
  unnamed = await loadModelFile(path.join(folder, 'unnamed.onnx'));
  named = await loadModelFile(path.join(folder, 'named.onnx'));
});
afterAll(() => rm(folder, { recursive: true }));

type Choice = ReturnType<typeof chooseLabels>;
const choose = (file: ModelFile | undefined, sources: Parameters<typeof chooseLabels>[0]): Choice => {
  if (!file) throw new Error('The models are read before the tests.');
  return chooseLabels(sources, { file, count });
};

describe('the names of the outputs', () => {
  it('are those the user gives, whatever else is known', () => {
    const sources = { labels: ['x', 'y', 'z'], datasetLabels: ['a', 'b', 'c'] };
    for (const file of [named, unnamed])
      expect(choose(file, sources)).toEqual({ labels: ['x', 'y', 'z'], warnings: [] });
  });

  it("are the manifest's where there are any, in its order", () => {
    const labels = ['effusion', 'nodule', 'normal'];
    expect(choose(named, { datasetLabels: ['normal', 'nodule', 'effusion'] })).toEqual({ labels, warnings: [] });
  });

  it("are else the dataset's, sorted by their characters as ImageFolder does, and that is said", () => {
    // Capitals come before small letters, as in Python's sorted().
    const { labels, warnings } = choose(unnamed, { datasetLabels: ['normal', 'Nodule', 'COVID-19'] });
    expect(labels).toEqual(['COVID-19', 'Nodule', 'normal']);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('"COVID-19", "Nodule", "normal" was assumed');
    expect(warnings[0]).toContain('--labels');
  });

  it.each([[[]], [['a', 'b']], [['a', 'b', 'c', 'd']]])(
    'are numbers where the dataset has another number of classes (%j)',
    (datasetLabels) => {
      expect(choose(unnamed, { datasetLabels })).toEqual({ labels: ['class 0', 'class 1', 'class 2'], warnings: [] });
    },
  );

  it.each([[['x']], [['x', 'y', 'z', 'u']], [[]]])('cannot be %j: one for each output', (labels) => {
    expect(() => choose(named, { labels, datasetLabels: [] })).toThrow(
      expect.objectContaining({
        code: 'target/unknown',
        message: `The model has 3 outputs, not ${labels.length}; give one label for each, in their order.`,
      }),
    );
  });
});
