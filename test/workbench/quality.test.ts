import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Planes } from '#core/imaging/index.ts';
import { loadFloat32, readModel } from '#core/onnx/index.ts';
import type { QualityReport, QualityRequest } from '#core/workbench/index.ts';
import { compositeNames } from '#core/relevance/index.ts';
import { compositeCautions } from '#shared/composite-cautions.ts';
import { loadModelFile } from '../../src/core/workbench/model-file.ts';
import { blurAway, drawOrder, flipRegions, orderRegions } from '../../src/core/workbench/quality/flip-regions.ts';
import { listWeights, saveShuffled } from '../../src/core/workbench/quality/shuffle-weights.ts';
import { createStudy, labels, writeModel, type Study } from './small-study.ts';
import { saveSymmetric } from './symmetric-network.ts';

let study: Study;
let [network, plain] = ['', ''];

beforeAll(async () => {
  study = await createStudy();
  network = await writeModel(study.at('network.onnx'), labels, 1);
  plain = study.at('plain.onnx');
  await saveSymmetric(plain);
  await study.write('films', { 'a.png': 1, 'b.png': 2, 'c.png': 3 });
});
afterAll(() => study.remove());

const run = (name: string, request: Partial<QualityRequest> = {}): Promise<QualityReport> =>
  study.workbench.measureQuality({
    ...{ pictures: ['a.png', 'b.png', 'c.png'].map((file) => study.at('films', file)), modelPath: network },
    ...{ provider: 'cpu', outputFolder: study.at('out', name), ...request },
  });

describe('quality card', () => {
  test('a network without biases conserves relevance, and it is told that shuffling changes its maps less or more than pictures do', async () => {
    const { cards } = await run('plain', { modelPath: plain, composite: 'EpsilonPlus' });
    const [card] = cards;
    expect(card?.means.conservation.mean).toBeLessThan(1e-3);
    expect(card?.randomization.map(({ shuffled, layers }) => [shuffled, layers])).toEqual([[1, 2], [2, 2]]); // prettier-ignore
    expect(card?.passesRandomization).toBe(
      (card?.randomization.at(-1)?.ssim.mean ?? NaN) < (card?.pairSsim.value ?? NaN),
    );
  });

  test('GuidedBackprop comes with its caution and does not conserve', async () => {
    const [card] = (await run('guided', { composite: 'GuidedBackprop' })).cards;
    expect(card?.caution?.conservation).toBe('none');
    expect(card?.sentences.join(' ')).toMatch(/does not conserve.*SRG/s);
    expect(card?.means.conservation.mean).toBeGreaterThan(0.01);
    expect(card?.pictures.map(({ randomGains }) => randomGains.length)).toEqual([10, 10, 10]);
  });

  test('one picture cannot decide the randomization check', async () => {
    const [card] = (await run('one', { pictures: [study.at('films', 'a.png')] })).cards;
    expect(card?.passesRandomization).toBeUndefined();
    expect(card?.sentences.join(' ')).toMatch(/could not be decided/);
  });

  test('every named composite has cautions', () => {
    expect(Object.keys(compositeCautions).sort()).toEqual([...compositeNames].sort());
  });
});

describe('shuffled weights', () => {
  test('are the same numbers in another order, in the last layers only', async () => {
    const file = await loadModelFile(network);
    const { path } = await saveShuffled(file, { count: 1, seed: 1, path: study.at('shuffled.onnx') });
    const [before, after] = [listWeights(file.model), listWeights(await readModel(path))];
    const values = async (weights: typeof before, at: number): Promise<number[]> => {
      const weight = weights[at];
      return weight ? [...(await loadFloat32(weight))] : [];
    };
    const [last, shuffled] = [await values(before, 0), await values(after, 0)];
    expect(shuffled).not.toEqual(last);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(last.toSorted((a, b) => a - b));
    expect(await values(after, 1)).toEqual(await values(before, 1));
    expect(before[0]?.dims[0]).toBe(labels.length);
  });
});

describe('regions', () => {
  const planes: Planes = {
    width: 32,
    height: 32,
    channels: 1,
    values: Float32Array.from({ length: 1024 }, (_, at) => (at % 7) / 7),
  };
  const map = Float32Array.from({ length: 1024 }, (_, at) => (at % 32 < 8 && at < 256 ? 1 : 0));

  test('are ordered by their relevance, and go from none to all', () => {
    const order = orderRegions(planes, map);
    expect([order.length, order.at(-1)]).toEqual([16, 0]);
    const blurred = blurAway(planes);
    if (!blurred) throw new RangeError('the picture is large enough');
    const versions = flipRegions(planes, blurred, order.toReversed());
    expect(versions[0]?.values).toEqual(planes.values);
    expect(versions.at(-1)?.values).toEqual(blurred.values);
    // The most relevant region goes first.
    expect(versions[1]?.values[0]).toBe(blurred.values[0]);
  });

  test('a random order has every region once, the same again', () => {
    const order = orderRegions(planes, map);
    const drawn = drawOrder(order, 'seed');
    expect([...drawn].sort((a, b) => a - b)).toEqual([...order].sort((a, b) => a - b));
    expect(drawOrder(order, 'seed')).toEqual(drawn);
    expect(drawOrder(order, 'other')).not.toEqual(drawn);
  });
});
