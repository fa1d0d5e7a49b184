import { afterAll, describe, expect, it } from 'vitest';
import { createComposite, type Network } from '#core/relevance/index.ts';
import { architectures, image, narrowModel, NetworkFolder, pixels } from './narrow-networks.ts';
import { openAttribution, relativeError, type AttributionRun } from './run-attribution.ts';

/**
 * Conditions on every layer of two narrow networks. Of the relevance of the picture, `through` is what passes a channel of a layer,
 * and the bypass is what goes round the layer.
 */

const folder = new NetworkFolder();
afterAll(() => {
  folder.remove();
});

const composite = createComposite('EpsilonPlusFlat');
const run = { image, count: 1, start: 'one' } as const;
const targetsOf = (rows: number): number[] => Array.from({ length: rows }, () => 0);
const oneHot = (channels: number): Float32Array =>
  Float32Array.from({ length: channels * channels }, (_, i) => Number(i % (channels + 1) === 0));
const rowsOf = (relevance: Float32Array, rows: number): Float32Array[] =>
  Array.from({ length: rows }, (_, i) => relevance.subarray(i * pixels, (i + 1) * pixels));
const normOf = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));

/** Whether every way from the picture to the logits leads over a value. */
function isOnEveryWay({ operations, input, output }: Network, value: string): boolean {
  const reached = new Set([input.name]);
  for (const operation of operations) {
    if (operation.output !== value && operation.inputs.some((name) => reached.has(name))) reached.add(operation.output);
  }
  return !reached.has(output.name);
}

/** Relevance with one channel kept at a time, and with none. All layers are conditioned; the others keep all their channels. */
async function openMasked(network: Network): Promise<(layer: string) => Promise<readonly Float32Array[]>> {
  const conditions = network.layers.map(({ name }) => ({ layer: name, mode: 'masked' as const }));
  const attribute = await openAttribution(network, { composite, batch: 'shared', conditions });
  return async (layer) => {
    const rows = 1 + (network.layers.find(({ name }) => name === layer)?.channels ?? 0);
    const masks = network.layers.map(({ name, channels }) => {
      const mask = new Float32Array(rows * channels);
      if (name === layer) mask.set(oneHot(channels));
      return name === layer ? mask : mask.fill(1);
    });
    return rowsOf((await attribute({ ...run, targets: targetsOf(rows), masks })).relevance, rows);
  };
}

async function listThrough(network: Network, layer: Network['layers'][number]): Promise<readonly Float32Array[]> {
  const conditions = [{ layer: layer.name, mode: 'through' }] as const;
  const attribute = await openAttribution(network, { composite, batch: 'shared', conditions });
  const given: AttributionRun = { ...run, targets: targetsOf(layer.channels), masks: [oneHot(layer.channels)] };
  return rowsOf((await attribute(given)).relevance, layer.channels);
}

const networks = await Promise.all(
  architectures.map(async (name) => {
    const network = await folder.read(narrowModel(name));
    const plain = await openAttribution(network, { composite });
    return {
      name,
      network,
      whole: (await plain({ ...run, targets: [0] })).relevance,
      masked: await openMasked(network),
    };
  }),
);

/** Up to this the bypass may outweigh a channel where the two forms are compared. */
const heaviestBypass = 50;

describe.each(networks)('on a narrow $name', ({ network, whole, masked }) => {
  let compared = 0;

  it.each(network.layers)('$name ($type)', async (layer) => {
    const through = await listThrough(network, layer);
    const maps = await masked(layer.name);
    const bypass = maps.at(-1) ?? new Float32Array(pixels);

    const total = Float64Array.from(bypass);
    through.forEach((map) => {
      map.forEach((value, i) => (total[i] = (total[i] ?? NaN) + value));
    });
    expect(relativeError(total, whole), 'channels and bypass add up').toBeLessThan(1e-5);
    expect(normOf(bypass) === 0, 'there is a bypass only where a way leads round').toBe(
      isOnEveryWay(network, layer.output),
    );

    through.forEach((map, channel) => {
      const ratio = normOf(bypass) / normOf(map);
      // What two maps differ by in rounding (seen: 7e-8 to 3e-7 of them) weighs r times as much below a bypass r times as large.
      if (!(ratio < heaviestBypass)) return;
      compared++;
      const difference = (maps[channel] ?? bypass).map((value, i) => value - (bypass[i] ?? NaN));
      expect(relativeError(difference, map), `channel ${String(channel)}: subtracting is restarting`).toBeLessThan(
        1e-5,
      );
    });
  });

  it('had channels to compare', () => {
    expect(compared).toBeGreaterThan(network.layers.length);
  });
});
