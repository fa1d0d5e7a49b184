import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadNpy } from '#core/imaging/index.ts';
import type { ConceptsRecord, ConceptsReport } from '#core/workbench/index.ts';
import { relativeError } from '../relevance/run-attribution.ts';
import { runLightbox, type Finished } from './run-lightbox.ts';
import { createSmallWorld, size, type SmallWorld } from './small-world.ts';

let world: SmallWorld;
beforeAll(async () => {
  world = await createSmallWorld(2);
});
afterAll(() => world.remove());

const inBlock = 'layer3.1.conv2';
const blockEnd = 'layer2.1.sum';
const pixels = 3 * size * size;

const run = (results: string, ...args: string[]): Promise<Finished> =>
  runLightbox(['concepts', '--model', world.modelPath, '--out', world.at(results), '--provider', 'cpu', ...args]);

/** The record of a run on the first picture. */
async function view(results: string, ...args: string[]): Promise<ConceptsRecord> {
  const { code, stdout, stderr } = await run(results, world.pictures[0] ?? '', '--json', ...args);
  expect([code, stderr]).toEqual([0, '']);
  const [record] = (JSON.parse(stdout) as ConceptsReport).views;
  if (!record) throw new Error('no view was reported');
  return record;
}

const loadValues = async (results: string, file = ''): Promise<Float32Array> => {
  const { values } = await loadNpy(world.at(results, file));
  return values as Float32Array;
};

const sumOf = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0);

describe('all concepts of two layers', () => {
  let record: ConceptsRecord;
  beforeAll(async () => {
    record = await view('all', '--layers', `${inBlock},${blockEnd}`, '--top', '1000', '--target', 'nodule');
  });

  test('gives a sheet, arrays and a record, none of them named after the picture', async () => {
    const names = await world.list(world.at('all'));
    const stem = `1-${record.picture.sha256.slice(0, 8)}.concepts`;
    const arrays = [blockEnd, inBlock].flatMap((layer) => [`${layer}.maps.npy`, `${layer}.relevance.npy`]);
    const rest = ['json', 'pdf', 'png', 'relevance.npy', 'svg'];
    expect(names).toEqual([...arrays, ...rest].map((kind) => `${stem}.${kind}`).sort());
    const written = await Promise.all(
      names.filter((name) => !name.endsWith('.npy')).map((name) => readFile(world.at('all', name), 'latin1')),
    );
    expect(written.join('')).not.toMatch(/Doe-Jane/);
    const { width, format } = await sharp(world.at('all', record.files.sheet.png)).metadata();
    expect([format, width]).toEqual(['png', 1800]);
  });

  test('layers stand from the picture to the output, concepts from the strongest for the target down', () => {
    expect(record.layers.map(({ name }) => name)).toEqual([blockEnd, inBlock]);
    for (const { concepts, channels, ranking } of record.layers) {
      expect(concepts.map(({ channel }) => channel)).toEqual(ranking);
      expect([...ranking].sort((a, b) => a - b)).toEqual(Array.from({ length: channels }, (_, i) => i));
      const strengths = concepts.map(({ relevance }) => (record.turned ? -relevance : relevance));
      expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
      expect(sumOf(concepts.map(({ share }) => Math.abs(share)))).toBeCloseTo(1, 5);
    }
  });

  test('the maps of a layer that nothing goes round add up to the relevance of the picture', async () => {
    const [layer] = record.layers;
    const [maps, whole] = [await loadValues('all', layer?.files.maps), await loadValues('all', record.files.relevance)];
    const sum = new Float64Array(pixels);
    maps.forEach((value, i) => (sum[i % pixels] = (sum[i % pixels] ?? NaN) + value));
    expect(relativeError(sum, whole)).toBeLessThan(1e-5);
    expect(record.budget.find((budget) => budget.layer === blockEnd)).toMatchObject({ round: 0, roundShare: 0 });
  });

  test('says what each concept carries', async () => {
    for (const layer of record.layers) {
      const carried = await loadValues('all', layer.files.relevance);
      const maps = await loadValues('all', layer.files.maps);
      for (const [i, { channel, relevance, mapSum }] of layer.concepts.entries()) {
        expect(relevance).toBe(carried[channel]);
        expect(mapSum).toBeCloseTo(sumOf(maps.subarray(i * pixels, (i + 1) * pixels)), 6);
      }
    }
  });

  test('the budget accounts for all relevance between the logit and the picture', async () => {
    const { budget, target } = record;
    const absorbed = sumOf(budget.map((layer) => layer.absorbed));
    const atPicture = sumOf(await loadValues('all', record.files.relevance));
    expect(budget[0]?.layer).toBe('fc');
    expect(budget[0]?.through).toBeCloseTo(target.logit, 5);
    expect(absorbed + atPicture).toBeCloseTo(target.logit, 5);
    expect(budget.find(({ layer }) => layer === inBlock)?.roundShare).toBeGreaterThan(0.05);
  });
});

test('without layers named, the first convolution and the ends of all blocks are shown with one concept each', async () => {
  const { layers } = await view('usual');
  expect(layers.map(({ name }) => name)).toEqual([
    'conv1',
    ...[1, 2, 3, 4].flatMap((stage) => [`layer${stage}.0.sum`, `layer${stage}.1.sum`]),
  ]);
  expect(layers.every(({ concepts }) => concepts.length === 1 && concepts[0]?.rank === 1)).toBe(true);
});

test('two passes subtracted give what passes the concept; keeping the bypass does not', async () => {
  const asked = ['--concept', `${inBlock}:5`, '--concept', `${inBlock}:2`];
  const through = await view('through', ...asked);
  const [layer] = through.layers;
  expect(layer?.concepts.map(({ channel }) => channel)).toEqual([5, 2]);
  const maps = await loadValues('through', layer?.files.maps);
  const read = async (mode: string): Promise<Float32Array> => {
    const { layers } = await view(mode, ...asked, '--mode', mode);
    return loadValues(mode, layers[0]?.files.maps);
  };
  expect(relativeError(await read('difference'), maps)).toBeLessThan(1e-4);
  expect(relativeError(await read('masked'), maps)).toBeGreaterThan(0.1);
});

describe('a region', () => {
  test('of the whole picture holds all relevance', async () => {
    const { layers, region } = await view('whole', '--region', '0,0,48,40', '--layers', blockEnd, '--top', '2');
    expect(region?.areaShare).toBeCloseTo(1, 6);
    const [layer] = layers;
    const inside = await loadValues('whole', layer?.files.inside);
    expect(relativeError(inside, await loadValues('whole', layer?.files.relevance))).toBeLessThan(1e-5);
    for (const concept of layer?.concepts ?? []) expect(concept.inside?.onPicture).toBeCloseTo(concept.mapSum, 6);
  });

  test('ranks concepts by what their heatmaps have inside; a mask of the same pixels gives the same', async () => {
    const [left, top, width, height] = [6, 4, 18, 12];
    const rectangle = await view('rectangle', '--region', `${left},${top},${width},${height}`, '--top', '3');
    for (const { concepts } of rectangle.layers) {
      const strengths = concepts.map(({ inside }) => (inside?.onPicture ?? NaN) * (rectangle.turned ? -1 : 1));
      expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
    }
    const mask = await sharp({ create: { width: 48, height: 40, channels: 3, background: 'black' } })
      .composite([{ input: { create: { width, height, channels: 3, background: 'white' } }, left, top }])
      .png()
      .toBuffer();
    await writeFile(world.at('mask.png'), mask);
    const masked = await view('masked-region', '--region', world.at('mask.png'), '--top', '3');
    expect(masked.region).toEqual(rectangle.region);
    expect(masked.layers.map(({ concepts }) => concepts)).toEqual(rectangle.layers.map(({ concepts }) => concepts));
  });
});

test.each([
  [
    'an unknown layer, naming the nearest',
    ['--layers', 'layer3.1.conv9'],
    /"layer3\.1\.conv9".*"layer3\.1\.conv2".*\[layer\/unknown\]/,
  ],
  [
    'an unknown channel, saying how many there are',
    ['--concept', 'conv1:999'],
    /no channel 999: it has 8.*\[concept\/unknown\]/,
  ],
  [
    'two passes under GuidedBackprop',
    ['--composite', 'GuidedBackprop', '--mode', 'difference'],
    /GuidedBackprop.*below zero.*\[request\/invalid\]/,
  ],
  ['several composites', ['--composite', 'all'], /one composite at a time.*\[composite\/invalid\]/],
  ['a region beside the picture', ['--region', '100,100,5,5'], /no part that the model sees.*\[request\/invalid\]/],
  ['a region that is no region', ['--region', '1,2,3'], /LEFT,TOP,WIDTH,HEIGHT/],
  ['a mask of another size', ['--region', 'SMALL'], /12 × 12 pixels and the picture 48 × 40.*\[request\/invalid\]/],
])('refuses %s', async (_, args, sentence) => {
  await sharp({ create: { width: 12, height: 12, channels: 3, background: 'white' } })
    .png()
    .toFile(world.at('small.png'));
  const given = args.map((arg) => (arg === 'SMALL' ? world.at('small.png') : arg));
  const { code, stdout, stderr } = await run('refused', world.pictures[0] ?? '', ...given);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/ at .*\.ts/);
  expect(await world.list(world.at('refused'))).toEqual([]);
});

test('a picture that cannot be read is told of and does not stop the others', async () => {
  await writeFile(world.at('broken.png'), 'no picture');
  const { code, stdout, stderr } = await run('broken', world.at('broken.png'), world.pictures[1] ?? '');
  expect(code).toBe(1);
  expect(stdout).toMatch(/Sheet: 2-.*\.concepts\.png/);
  expect(stderr).toMatch(/\[picture\//);
});
