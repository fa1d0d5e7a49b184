import { afterAll, describe, expect, it } from 'vitest';
import { compileAttribution, createComposite } from '#core/relevance/index.ts';
import { image, narrowModel, NetworkFolder } from './narrow-networks.ts';
import type { PlainForm } from './plain-convolution.ts';
import { blockSizes, openAttribution } from './run-attribution.ts';
import {
  compositeOf,
  ConvolutionFolder,
  difference,
  outputOf,
  plainRelevanceOf,
  sampleOf,
  usual,
  type Sample,
} from './two-convolutions.ts';

/** AlphaBeta's two halves of a layer's output are added up to it where the layer has more weights than they have values. */

const folder = new ConvolutionFolder();
const networks = new NetworkFolder();
afterAll(() => {
  folder.remove();
  networks.remove();
});

const of = (size: PlainForm['size']): Sample => sampleOf({ ...usual, channels: [3, 16], size }, 2);
/** The second layer: 16 x 16 x 3 x 3 weights, and twice 16 x 3 x 3 values, or 16 x 12 x 12. */
const small = of([3, 3]);
const large = of([12, 12]);

/** The second layer's numbers so small that a stabilizer of 1e-6 is larger than every value. */
function withTinyOutput({ layers, ...rest }: Sample): Sample {
  const [first, second = layers[0]] = layers;
  const tiny = (values: Sample['x']): Float64Array => Float64Array.from(values, (value) => value * 2 ** -40);
  return { layers: [first, { ...second, weight: tiny(second.weight), bias: tiny(second.bias) }], ...rest };
}

describe.each(await blockSizes())('channel blocks of %d', (blockSize) => {
  it.each([
    ['a map smaller than its filter', small],
    ['a map larger than its filter', large],
  ])('%s: output and relevance are those of the definition', async (_, sample) => {
    const [relevance, output] = await folder.run(sample, 'AlphaBeta', blockSize);
    expect(difference(output, outputOf(sample))).toBeLessThan(1e-6);
    expect(difference(relevance, plainRelevanceOf('AlphaBeta', sample))).toBeLessThan(1e-5);
  });

  it('the stabilizer takes no part in the sum', async () => {
    const sample = withTinyOutput(small);
    const [, output] = await folder.run(sample, 'AlphaBeta', blockSize);
    expect(difference(output, outputOf(sample))).toBeLessThan(1e-6);
  });

  it('a convolution is saved', async () => {
    const count = async ({ layers }: Sample): Promise<number> => {
      const options = { composite: compositeOf('AlphaBeta'), blockSize };
      const { content } = compileAttribution(await folder.networkOf(layers), options);
      return content.graph.nodes.filter(({ operator }) => operator === 'Conv').length;
    };
    expect(await count(small)).toBe((await count(large)) - 1);
  });

  it('where max pools come later, values stay what they are under other composites, bit for bit', async () => {
    const network = await networks.read(narrowModel('vgg11'));
    const run = { image, count: 1, targets: [1], start: 'one' } as const;
    const logitsUnder = async (name: 'EpsilonAlpha2Beta1' | 'EpsilonPlus'): Promise<Float32Array> => {
      const attribute = await openAttribution(network, { composite: createComposite(name), blockSize });
      return (await attribute(run)).logits;
    };
    expect(await logitsUnder('EpsilonAlpha2Beta1')).toEqual(await logitsUnder('EpsilonPlus'));
  });
});
