import { afterAll, expect, it } from 'vitest';
import { compileAttribution, createComposite } from '#core/relevance/index.ts';
import { image, narrowModel, NetworkFolder } from './narrow-networks.ts';
import { blockSizes, openAttribution, relativeError } from './run-attribution.ts';

/** GuidedBackprop's gate is applied above a max pool whose windows do not overlap, unless somebody looks at what is between. */

const folder = new NetworkFolder();
afterAll(() => {
  folder.remove();
});

const composite = createComposite('GuidedBackprop');

it.each(await blockSizes())('gates above and below the pools agree (channel blocks of %d)', async (blockSize) => {
  const network = await folder.read(narrowModel('vgg11'));
  const activations = network.layers.filter(({ type }) => type === 'activation');
  const taps = activations.map(({ name }) => ({ layer: name, kind: 'relevance' as const }));
  const run = { image, count: 1, targets: [1], start: 'one' } as const;
  const above = await openAttribution(network, { composite, blockSize });
  const below = await openAttribution(network, { composite, blockSize, taps });
  const [expected, actual] = [await below(run), await above(run)];
  expect(actual.relevance.some((value) => value !== 0)).toBe(true);
  expect(relativeError(actual.relevance, expected.relevance)).toBeLessThan(1e-6);
  // What is looked at is relevance before the gate: some of it is negative.
  expect(expected.taps.some((values) => values.some((value) => value < 0))).toBe(true);
});

it('a ReLU behind a way back in blocks is joined to its convolution', async () => {
  const network = await folder.read(narrowModel('vgg11'));
  const { graph } = compileAttribution(network, { composite, blockSize: 8 }).content;
  const joined = graph.nodes.filter(({ operator, attributes }) => operator === 'Conv' && attributes.has('activation'));
  const back = joined.length - network.layers.filter(({ type }) => type === 'convolution').length;
  expect(back).toBeGreaterThan(0);
  const ofConvolutions = new Set(
    graph.nodes
      .filter(({ operator, domain }) => operator === 'Conv' && domain !== '')
      .flatMap(({ outputs }) => outputs),
  );
  const left = graph.nodes.filter(({ operator, inputs }) => operator === 'Relu' && ofConvolutions.has(inputs[0] ?? ''));
  expect(left).toEqual([]);
});
