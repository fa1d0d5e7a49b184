import { afterAll, describe, expect, it } from 'vitest';
import { createNormalValues } from '#core/networks/index.ts';
import { compileAttribution, parseComposite, type Network } from '#core/relevance/index.ts';
import { image, narrowModel, NetworkFolder, pixels } from './narrow-networks.ts';
import { openAttribution, relativeError } from './run-attribution.ts';

/** A large linear layer is written in parts of its outputs wherever a rule changes its weights: the numbers stay. */

const folder = new NetworkFolder();
afterAll(() => {
  folder.remove();
});

const inParts = { largestWhole: 2 ** 14, partBytes: 2 ** 16 };
/** Between the dense layers. */
const tapped = ['classifier.0', 'classifier.3'];

const rules = [
  'ZPlus',
  { rule: 'ZPlus', zeroBias: true },
  'AlphaBeta',
  'Gamma',
  'WSquare',
  { rule: 'ZBox', low: -1, high: 3 },
  'Epsilon',
  'Flat',
];
const cases = rules.map((rule) => [JSON.stringify(rule), rule] as const);
const changing = cases.filter(([, rule]) => rule !== 'Epsilon' && rule !== 'Flat');

const compositeOf = (rule: unknown): ReturnType<typeof parseComposite> =>
  parseComposite({ base: 'EpsilonPlus', types: { linear: rule } }, 'test.json');

const read = (): Promise<Network> => folder.read(narrowModel('vgg11'));

describe.each(cases)('under %s', (_, rule) => {
  it('relevance and outputs are those of the layer as a whole', async () => {
    const network = await read();
    const options = {
      composite: compositeOf(rule),
      taps: tapped.map((layer) => ({ layer, kind: 'relevance' as const })),
    };
    const [whole, parts] = await Promise.all([
      openAttribution(network, options),
      openAttribution(network, { ...options, partLimits: inParts }),
    ]);
    const run = { image: twoPictures, count: 2, targets: [1, 3], start: 'logit' } as const;
    const [expected, actual] = [await whole(run), await parts(run)];
    expect(expected.relevance.some((value) => value !== 0)).toBe(true);
    expect(relativeError(actual.logits, expected.logits)).toBeLessThan(1e-6);
    expect(relativeError(actual.relevance, expected.relevance)).toBeLessThan(1e-5);
    expected.taps.forEach((tap, index) => {
      expect(relativeError(actual.taps[index] ?? [], tap)).toBeLessThan(1e-5);
    });
  });
});

const twoPictures = Float32Array.from([...image, ...createNormalValues('another picture', pixels)]);

it.each(changing)('under %s a part of the weights has a place of its own in the file', async (_, rule) => {
  const { content } = compileAttribution(await read(), { composite: compositeOf(rule), partLimits: inParts });
  const ranges = [...content.graph.initializers.values()]
    .filter(({ dims }) => dims.length === 2)
    .map(({ data }) => data);
  const lengths = ranges.flatMap((data) => (data.kind === 'file' ? [data.length] : []));
  expect(lengths.length).toBeGreaterThan(3);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(inParts.partBytes);
});

it('weights that are taken as they are stay whole', async () => {
  const { content } = compileAttribution(await read(), { composite: compositeOf('Epsilon'), partLimits: inParts });
  const dense = content.graph.nodes.filter(({ operator }) => operator === 'Gemm');
  const whole = compileAttribution(await read(), { composite: compositeOf('Epsilon') }).content.graph.nodes;
  expect(dense.length).toBe(whole.filter(({ operator }) => operator === 'Gemm').length);
});
