import { afterAll, describe, expect, it } from 'vitest';
import { createEngine, keepChannels, type Condition, type OpenedModel } from '#core/engine/index.ts';
import { ConceptNetworks, composite, image, networks, target } from './concept-study.ts';
import { relativeError } from '../relevance/run-attribution.ts';

/**
 * Many conditions in one run against each alone, concept sums against sums of whole arrays. Width 8 fills channel blocks on most
 * processors, width 6 never does: both layouts are met.
 */

const files = new ConceptNetworks();
const engine = createEngine();
afterAll(async () => {
  await engine.close();
  files.remove();
});

const pixels = image.length;
const bar = 1e-5;

const rowOf = (values: Float32Array, row: number): Float32Array => values.subarray(row * pixels, (row + 1) * pixels);

/** A channel that carries nothing has a map of zeros. */
function expectSame(actual: Float32Array, expected: ArrayLike<number>, what: string): void {
  const none = Array.from(expected).every((value) => value === 0);
  if (none)
    expect(
      actual.every((value) => value === 0),
      what,
    ).toBe(true);
  else expect(relativeError(actual, expected), what).toBeLessThan(bar);
}

/** Relevance under one chain of conditions, each row masked where it stands and restarted: no rows of their own. */
async function attributeAlone(
  modelPath: string,
  condition: Condition,
  { network }: OpenedModel,
): Promise<Float32Array> {
  const conditions = condition.map(({ layer }) => ({ layer, mode: 'through' as const }));
  const opened = await engine.open({ modelPath, provider: 'cpu', composite, conditions });
  const masks = condition.map(({ layer, channels }) => {
    const count = network.layers.find(({ name }) => name === layer)?.channels ?? 0;
    return { layer, values: channels ?? new Float32Array(count).fill(1) };
  });
  const { relevance } = await engine.attribute({ handle: opened.handle, images: image, targets: [target], masks });
  await engine.release(opened.handle);
  return relevance;
}

describe.each(networks)('on a narrow %s of width %d', async (arch, width) => {
  const modelPath = await files.keep(arch, width);
  const plain = await engine.open({ modelPath, provider: 'cpu', composite });
  const { layers } = plain.network;
  const convolutions = layers.filter(({ type }) => type === 'convolution');
  const opened = await engine.open({
    ...{ modelPath, composite, provider: 'cpu', batch: 'shared' },
    starts: layers.map(({ name }) => ({ layer: name, from: 'relevance' })),
    concepts: convolutions.map(({ name }) => ({ layer: name, kind: 'relevance' })),
  });
  const one = (layer: string, channels: readonly number[]): Condition[0] => {
    const count = layers.find(({ name }) => name === layer)?.channels ?? 0;
    return { layer, channels: keepChannels(count, channels) };
  };
  // Every second layer: all kinds are among them.
  const singles = layers
    .filter((_, i) => i % 2 === 0)
    .map(({ name, channels }, i): Condition => [one(name, [i % channels])]);
  const chains = convolutions.slice(1).map(({ name, channels }, i): Condition => {
    const below = convolutions[Math.max(0, i - 2)];
    return [one(name, [i % channels, 1]), one(below?.name ?? name, [0, 2])];
  });
  const conditions = [...singles, ...chains].reverse();
  const request = { handle: opened.handle, image, target, conditions };
  const together = await engine.condition(request, { batchSize: conditions.length });

  it('without a condition it is the whole relevance', async () => {
    const { relevance } = await engine.attribute({ handle: plain.handle, images: image, targets: [target] });
    expect(relativeError(together.whole ?? [], relevance)).toBeLessThan(bar);
    const none = await engine.condition({ ...request, conditions: [] });
    expect(relativeError(none.whole ?? [], relevance)).toBeLessThan(bar);
    expect(none.relevance).toHaveLength(0);
  });

  it('conditions of many layers and chains in one run are each what it is alone', async () => {
    for (const [i, condition] of conditions.entries()) {
      const alone = await attributeAlone(modelPath, condition, opened);
      const name = condition.map(({ layer }) => layer).join(' then ');
      expectSame(rowOf(together.relevance, i), alone, name);
    }
  });

  it.each([1, 3, 7])('batches of %d give the same', async (batchSize) => {
    const batched = await engine.condition(request, { batchSize });
    expect(relativeError(batched.relevance, together.relevance)).toBeLessThan(1e-6);
    for (const [i, { sums }] of batched.concepts.entries()) {
      expect(sums).toHaveLength(together.concepts[i]?.sums.length ?? -1);
      expect(relativeError(sums, together.concepts[i]?.sums ?? [])).toBeLessThan(bar);
    }
  });

  it('the positions of a channel add up to it', async () => {
    const layer = convolutions.at(-2);
    const { name = '', height = 0, width: columns = 0 } = layer ?? {};
    const count = height * columns;
    const carried = together.concepts.at(-2)?.sums.subarray(0, layer?.channels) ?? new Float32Array();
    const channel = one(name, [carried.indexOf(Math.max(...carried))]);
    const single = Array.from({ length: count }, (_, i): Condition => [
      { ...channel, positions: keepChannels(count, [i]) },
    ]);
    const { relevance } = await engine.condition(
      { ...request, conditions: [[channel], ...single] },
      { batchSize: count + 1 },
    );
    const sum = new Float32Array(pixels);
    for (let i = 1; i <= count; i++) rowOf(relevance, i).forEach((value, j) => (sum[j] = (sum[j] ?? NaN) + value));
    expect(relativeError(sum, rowOf(relevance, 0))).toBeLessThan(bar);
  });

  it('begins at an activation: one neuron differs from its relevance by the ratio of the two', async () => {
    const {
      name = '',
      channels = 0,
      height = 0,
      width: columns = 0,
    } = convolutions[Math.floor(convolutions.length / 2)] ?? {};
    const tapped = await engine.open({
      ...{ modelPath, composite, provider: 'cpu' },
      taps: [
        { layer: name, kind: 'activation' },
        { layer: name, kind: 'relevance' },
      ],
    });
    const { taps } = await engine.attribute({ handle: tapped.handle, images: image, targets: [target] });
    const [activation = new Float32Array(), relevance = new Float32Array()] = taps.map(({ values }) => values);
    const strongest = relevance.reduce<number>(
      (best, value, i) => (Math.abs(value) > Math.abs(relevance[best] ?? 0) ? i : best),
      0,
    );
    const negative = activation.findIndex((value) => value < 0);
    const alone = await engine.open({
      ...{ modelPath, composite, provider: 'cpu', batch: 'shared', fromOutput: false },
      starts: [{ layer: name, from: 'activation' }],
    });
    const neuron = (index: number): Condition => [
      {
        layer: name,
        channels: keepChannels(channels, [Math.floor(index / (height * columns))]),
        positions: keepChannels(height * columns, [index % (height * columns)]),
      },
    ];
    const begun = await engine.condition({
      handle: alone.handle,
      image,
      conditions: [neuron(strongest), neuron(negative)],
    });
    const passed = await engine.condition({ ...request, conditions: [neuron(strongest)] });
    const ratio = (activation[strongest] ?? NaN) / (relevance[strongest] ?? NaN);
    expect(
      relativeError(
        rowOf(begun.relevance, 0),
        passed.relevance.map((value) => value * ratio),
      ),
    ).toBeLessThan(bar);
    expect(
      rowOf(begun.relevance, 1).some((value) => value !== 0),
      'a negative activation has its own map',
    ).toBe(true);
    expect(begun.whole).toBeUndefined();
    await engine.release(tapped.handle);
    await engine.release(alone.handle);
  });

  it('concepts below a condition carry what their whole arrays add up to', async () => {
    const single = singles.findLast(([{ layer: name }]) => name.includes('conv2') || name === 'features.18');
    const layer = single?.[0].layer ?? '';
    const index = conditions.findIndex((condition) => condition.length === 1 && condition[0].layer === layer);
    const place = convolutions.findIndex(({ name }) => name === layer);
    expect(place).toBeGreaterThan(3);
    for (const { layer: below, sums, channels } of together.concepts.slice(0, place).filter((_, i) => i % 3 === 0)) {
      const condition = conditions[index] ?? conditions[0];
      const tapped = await engine.open({
        ...{ modelPath, composite, provider: 'cpu' },
        conditions: [{ layer, mode: 'through' }],
        taps: [{ layer: below, kind: 'relevance' }],
      });
      const mask = condition?.[0].channels ?? new Float32Array();
      const { taps } = await engine.attribute({
        ...{ handle: tapped.handle, images: image, targets: [target] },
        masks: [{ layer, values: mask }],
      });
      const expected = sumChannels(taps[0]?.values ?? new Float32Array(), channels);
      expectSame(sums.subarray((index + 1) * channels, (index + 2) * channels), expected, below);
      await engine.release(tapped.handle);
    }
  });

  it('refuses what cannot be', async () => {
    const [first, last] = [convolutions[0]?.name ?? '', convolutions.at(-1)?.name ?? ''];
    const ask = (condition: Condition): Promise<unknown> => engine.condition({ ...request, conditions: [condition] });
    await expect(ask([one(first, [0]), one(last, [0])])).rejects.toMatchObject({ code: 'request/invalid' });
    await expect(ask([{ layer: last, channels: new Float32Array(3) }])).rejects.toMatchObject({
      code: 'request/invalid',
    });
    await expect(ask([{ layer: 'nowhere' }])).rejects.toMatchObject({ code: 'layer/unknown' });
    const opening = engine.open({ modelPath, composite, starts: [{ layer: first, from: 'relevance' }] });
    await expect(opening).rejects.toMatchObject({ code: 'request/invalid' });
    const misspelt = engine.open({ modelPath, composite, taps: [{ layer: `${last}x`, kind: 'relevance' }] });
    await expect(misspelt).rejects.toMatchObject({
      code: 'layer/unknown',
      message: expect.stringContaining(`"${last}"`) as string,
    });
  });
});

/** [channels, positions] to [channels]. */
function sumChannels(values: Float32Array, channels: number): Float64Array {
  const positions = values.length / channels;
  return Float64Array.from({ length: channels }, (_, channel) =>
    values.subarray(channel * positions, (channel + 1) * positions).reduce((sum, value) => sum + value, 0),
  );
}
