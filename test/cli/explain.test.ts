import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadNpy } from '#core/imaging/index.ts';
import type { ExplainReport, ExplanationRecord } from '#core/workbench/index.ts';
import { runLightbox, type Finished } from './run-lightbox.ts';
import { createSmallWorld, labels, size, type SmallWorld } from './small-world.ts';

let world: SmallWorld;
beforeAll(async () => {
  world = await createSmallWorld(3);
});
afterAll(() => world.remove());

const explain = (results: string, ...args: string[]): Promise<Finished> =>
  runLightbox(['explain', '--model', world.modelPath, '--out', world.at(results), '--provider', 'cpu', ...args]);

const readRecord = async (results: string, name: string): Promise<ExplanationRecord> =>
  JSON.parse(await readFile(world.at(results, name), 'utf8')) as ExplanationRecord;

const sum = (values: ArrayLike<number | bigint>): number =>
  Array.from(values, Number).reduce((total, value) => total + value, 0);

const hash = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

describe('one picture', () => {
  const layer = 'layer3.1.conv2';
  let names: readonly string[] = [];
  let record: ExplanationRecord;
  beforeAll(async () => {
    const { code, stderr } = await explain(
      'one',
      world.pictures[0] ?? '',
      '--layers',
      `${layer},fc`,
      '--target',
      'Nodule',
    );
    expect([code, stderr]).toEqual([0, '']);
    names = await world.list(world.at('one'));
    record = await readRecord('one', names.find((name) => name.endsWith('.json')) ?? '');
  });

  test('gives figures, arrays and a record, none of them named after the picture', async () => {
    const stem = `1-${(await hash(world.pictures[0] ?? '')).slice(0, 8)}.EpsilonPlusFlat`;
    const kinds = ['fc.activation.npy', 'fc.relevance.npy', 'heatmap.png', 'json', `${layer}.activation.npy`];
    kinds.push(`${layer}.relevance.npy`, 'overlay.png', 'relevance.npy');
    expect(names).toEqual(kinds.map((kind) => `${stem}.${kind}`));
    expect(JSON.stringify(record)).not.toMatch(/Doe|Jane/);
  });

  test('records what is needed to make it again', async () => {
    expect(record.model).toMatchObject({
      file: 'network.onnx',
      sha256: await hash(world.modelPath),
      title: 'Narrow network',
    });
    expect(record.picture).toMatchObject({ sha256: await hash(world.pictures[0] ?? ''), width: 48, height: 40 });
    expect(record.target).toMatchObject({ index: 1, label: 'nodule' });
    expect(record.composite.rules).toMatchObject({
      conv1: 'Flat',
      [layer]: 'ZPlus',
      fc: expect.stringMatching(/^Epsilon/) as string,
    });
    expect(record.computation).toMatchObject({ provider: 'cpu', batchSize: 1 });
    expect(sum(record.prediction.classes.map(({ probability }) => probability))).toBeCloseTo(1, 12);
    expect(record.prediction.classes.map(({ label }) => label)).toEqual(labels);
  });

  test('saves arrays whose sums are those in the record', async () => {
    const relevance = await loadNpy(world.at('one', record.files.relevance));
    expect(relevance.shape).toEqual([3, size, size]);
    expect(sum(relevance.values)).toBeCloseTo(record.relevance.sum, 10);
    for (const tapped of record.layers) {
      const array = await loadNpy(world.at('one', tapped.relevance.file));
      expect(array.shape).toEqual(tapped.dims);
      expect(sum(array.values)).toBeCloseTo(tapped.relevance.sum, 10);
      expect((await loadNpy(world.at('one', tapped.activation.file))).shape).toEqual(tapped.dims);
    }
    expect(record.layers.map(({ dims }) => dims)).toEqual([[32, 2, 2], [labels.length]]);
  });

  test('draws figures that are pictures of a size to look at', async () => {
    for (const file of [record.files.heatmap, record.files.overlay]) {
      const { format, width } = await sharp(world.at('one', file)).metadata();
      expect([format, width > 400]).toEqual(['png', true]);
    }
  });
});

test('pictures computed together give what each gives alone', async () => {
  const [together, alone] = await Promise.all([
    explain('together', ...world.pictures, '--batch', '3', '--json'),
    explain('alone', ...world.pictures, '--batch', '1', '--json'),
  ]);
  const reports = [together, alone].map(({ stdout }) => JSON.parse(stdout) as ExplainReport);
  const [joint = [], single = []] = await Promise.all(
    reports.map(({ explanations }, index) => loadMaps(['together', 'alone'][index] ?? '', explanations)),
  );
  expect(joint).toHaveLength(3);
  for (const [index, map] of joint.entries()) {
    const differences = map.map((value, at) => Math.abs(value - (single[index]?.[at] ?? NaN)));
    expect(Math.max(...differences)).toBeLessThan(1e-5 * Math.max(...map.map(Math.abs)));
  }
});

function loadMaps(results: string, explanations: readonly ExplanationRecord[]): Promise<readonly number[][]> {
  return Promise.all(
    explanations.map(async ({ files }) => {
      const { values } = await loadNpy(world.at(results, files.relevance));
      return Array.from(values as Float32Array);
    }),
  );
}

test('all composites, with names kept', async () => {
  const { code, stdout } = await explain(
    'all',
    world.pictures[1] ?? '',
    '--composite',
    'all',
    '--keep-names',
    '--json',
  );
  const { explanations } = JSON.parse(stdout) as ExplainReport;
  expect([code, explanations.length]).toEqual([0, 7]);
  expect(explanations.map(({ picture }) => picture.name)).toEqual(explanations.map(() => 'Doe-Jane-1.png'));
  expect(await world.list(world.at('all'))).toHaveLength(7 * 4);
  expect(explanations.find(({ composite }) => composite.name === 'EpsilonGammaBox')?.composite.rules['conv1']).toMatch(
    /^ZBox\(-2\.12/,
  );
});

test('the logit as initial relevance scales the map by the logit', async () => {
  await Promise.all([
    explain('unit', world.pictures[0] ?? '', '--keep-names'),
    explain('logit', world.pictures[0] ?? '', '--keep-names', '--initial', 'logit'),
  ]);
  const name = 'Doe-Jane-0.EpsilonPlusFlat.json';
  const [one, logit] = [await readRecord('unit', name), await readRecord('logit', name)];
  expect(logit.relevance.sum / (one.relevance.sum * one.target.logit)).toBeCloseTo(1, 4);
});

test('a composite written as JSON gives files its own name', async () => {
  await writeFile(
    world.at('mine.json'),
    JSON.stringify({ name: 'Epsilon: all/over', types: { convolution: 'Epsilon' } }),
  );
  const { code, stderr } = await explain('json', world.pictures[0] ?? '', '-c', world.at('mine.json'));
  expect([code, stderr]).toEqual([0, '']);
  expect((await world.list(world.at('json')))[0]).toMatch(/^1-[\da-f]{8}\.Epsilon_all_over\.heatmap\.png$/);
});

test('a picture that cannot be read does not stop the others', async () => {
  await writeFile(world.at('broken.png'), 'nothing of a picture');
  const { code, stdout, stderr } = await explain(
    'mixed',
    world.pictures[0] ?? '',
    world.at('broken.png'),
    world.pictures[1] ?? '',
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^lightbox: broken\.png .*\[picture\/\w+\]\n$/);
  expect(stdout.match(/EpsilonPlusFlat\.overlay/g)).toHaveLength(2);
  expect((await world.list(world.at('mixed'))).map((name) => name.slice(0, 2))).toEqual([
    '1-',
    '1-',
    '1-',
    '1-',
    '3-',
    '3-',
    '3-',
    '3-',
  ]);
});

test('a model without a manifest is explained with a warning', async () => {
  const bare = await createSmallWorld(1);
  await rm(bare.at('network.manifest.json'));
  const { code, stdout } = await runLightbox([
    'explain',
    ...bare.pictures,
    '-m',
    bare.modelPath,
    '-o',
    bare.at('out'),
    '-p',
    'cpu',
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain('! There is no manifest network.manifest.json');
  await bare.remove();
});
