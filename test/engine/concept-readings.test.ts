import { afterAll, describe, expect, it } from 'vitest';
import { createEngine, type ConceptReading } from '#core/engine/index.ts';
import { createNormalValues } from '#core/networks/index.ts';
import { createComposite } from '#core/relevance/index.ts';
import { ConceptNetworks, composite, image, networks, target, size } from './concept-study.ts';
import { relativeError } from '../relevance/run-attribution.ts';

/** What layers' concepts are said to carry, against sums over their whole arrays. Width 6 never fills a channel block. */

const files = new ConceptNetworks();
const engine = createEngine();
afterAll(async () => {
  await engine.close();
  files.remove();
});

const pixels = image.length;

describe.each(networks)('what the concepts of a narrow %s of width %d carry', async (arch, width) => {
  const modelPath = await files.keep(arch, width);
  const { network } = await engine.open({ modelPath, provider: 'cpu' });
  const layers = network.layers.filter(({ type }) => type === 'convolution' || type === 'sum' || type === 'linear');
  const kinds = ['relevance', 'activation'] as const;
  const asked = layers.flatMap(({ name }) => kinds.map((kind) => ({ layer: name, kind })));
  const opened = await engine.open({
    ...{ modelPath, composite, provider: 'cpu', taps: asked },
    concepts: asked.map((tap) => ({ ...tap, peaks: true, regions: true })),
  });
  const region = Float32Array.from({ length: size * size }, (_, i) => Number(i % size < 10 && i < 20 * size));
  const images = Float32Array.of(...image, ...createNormalValues('another picture', pixels));
  const { taps, concepts } = await engine.attribute(
    { handle: opened.handle, images, targets: [target, 1], regions: region },
    { batchSize: 2 },
  );

  /** What was read of a layer, and the values it was read from, a row for each channel of each picture. */
  const readLayer = (
    i: number,
  ): { reading: ConceptReading; rows: readonly Float32Array[]; size: readonly number[] } => {
    const [reading, tap] = [concepts[i], taps[i]];
    if (!reading || !tap) throw new Error(`layer ${i} was not read`);
    const [pictures = 0, channels = 0, ...extent] = tap.dims;
    const rows = cutRows(tap.values, pictures * channels);
    return { reading, rows, size: extent };
  };
  const sumOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);

  it.each(asked.map((tap, i) => ({ ...tap, i })))('$kind of $layer', ({ i }) => {
    const { reading, rows } = readLayer(i);
    expect(relativeError(reading.sums, rows.map(sumOf))).toBeLessThan(2e-6);
    const peaks = rows.map((row) => row.indexOf(Math.max(...row)));
    expect(Array.from(reading.peaks?.positions ?? [])).toEqual(peaks);
    // Adding zero makes one zero of two.
    const heights = peaks.map((position, row) => (rows[row]?.[position] ?? NaN) + 0);
    expect(Array.from(reading.peaks?.values ?? [], (value) => value + 0)).toEqual(heights);
  });

  const spatial = asked.flatMap((tap, i) =>
    layers.some(({ name, height }) => name === tap.layer && height) ? { ...tap, i } : [],
  );
  it.each(spatial)('$kind of $layer inside a region', ({ i }) => {
    const { reading, rows, size: extent } = readLayer(i);
    const [height = 0, columns = 0] = extent;
    const inside = rows.map((row) => sumOf(row.map((value, at) => value * insideShare(at, { height, columns }))));
    expect(relativeError(reading.inside ?? [], inside)).toBeLessThan(2e-6);
  });
});

function cutRows(values: Float32Array, count: number): readonly Float32Array[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, row) => values.subarray(row * length, (row + 1) * length));
}

/** The share of a cell that lies in the left 10 columns and upper 20 rows of the picture, by counting fine steps. */
function insideShare(position: number, { height, columns }: { height: number; columns: number }): number {
  const fine = 16;
  let inside = 0;
  for (let i = 0; i < fine * fine; i++) {
    const y = ((Math.floor(position / columns) + (Math.floor(i / fine) + 0.5) / fine) * size) / height;
    const x = (((position % columns) + ((i % fine) + 0.5) / fine) * size) / columns;
    inside += Number(x < 10 && y < 20);
  }
  return inside / fine ** 2;
}

it.each([
  ['vgg11', 8],
  ['resnet18', 8],
  ['resnet18', 6],
] as const)(
  'without biases what passes a layer and what goes round it is all there is (%s of width %d)',
  async (arch, width) => {
    const modelPath = await files.keep(arch, width, false);
    const conserving = createComposite('EpsilonPlus');
    const { network } = await engine.open({ modelPath, provider: 'cpu' });
    const concepts = network.layers.map(({ name }) => ({ layer: name, kind: 'relevance', round: true }) as const);
    const opened = await engine.open({ modelPath, composite: conserving, provider: 'cpu', concepts });
    const result = await engine.attribute({ handle: opened.handle, images: image, targets: [target] });
    const around = result.concepts.filter(({ round }) => (round?.absolute[0] ?? 0) > 0);
    expect(around.length > 0).toBe(arch !== 'vgg11');
    for (const { layer, sums, round } of result.concepts) {
      const through = sums.reduce((sum, value) => sum + value, 0);
      expect(Math.abs(through + (round?.sum[0] ?? 0) - 1), layer).toBeLessThan(1e-3);
    }
  },
);
