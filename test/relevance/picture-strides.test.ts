import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { outputSize, type PlainForm, type PlainRule } from './plain-convolution.ts';
import { blockSizes } from './run-attribution.ts';
import { ConvolutionFolder, difference, plainRelevanceOf, sampleOf, usual } from './two-convolutions.ts';

/** Strided convolutions of few channels, whose way back is one convolution for all phases, also where it cannot be. */

const folder = new ConvolutionFolder();
afterAll(() => {
  folder.remove();
});

const between = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const side = between(0, 4);

const cases = fc
  .record({
    channels: fc.constantFrom<readonly [number, number]>([1, 16], [3, 16], [3, 32], [5, 16], [15, 16]),
    size: fc.tuple(between(3, 17), between(3, 17)),
    kernel: fc.tuple(between(1, 8), between(1, 8)),
    stride: between(2, 5),
    pads: fc.tuple(side, side, side, side),
    rule: fc.constantFrom<PlainRule>('ZPlus', 'WSquare', 'ZBox', 'AlphaBeta'),
  })
  .map(({ stride, rule, ...form }): { form: PlainForm; rule: PlainRule } => ({
    form: { ...usual, ...form, strides: [stride, stride] },
    rule,
  }))
  .filter(({ form }) => outputSize(form).every((length) => length >= 1));

it.each(await blockSizes())('relevance is that of the definition, channel block %i', async (blockSize) => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ form, rule }) => {
      const sample = sampleOf(form, 1);
      const [relevance] = await folder.run(sample, rule, blockSize);
      expect(difference(relevance, plainRelevanceOf(rule, sample))).toBeLessThan(1e-5);
    }),
    { numRuns: 80, seed: 11 },
  );
});
