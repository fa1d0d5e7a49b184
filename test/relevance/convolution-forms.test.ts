import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { compileAttribution } from '#core/relevance/index.ts';
import { float32Sensitivity } from './float32-sensitivity.ts';
import { outputSize, plainRules, type PlainForm, type PlainRule } from './plain-convolution.ts';
import { blockSizes, relativeError } from './run-attribution.ts';
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

const folder = new ConvolutionFolder();
afterAll(() => {
  folder.remove();
});
const layouts = await blockSizes();

const square = (value: number): readonly [number, number] => [value, value];
const sides = (value: number): PlainForm['pads'] => [value, value, value, value];

const named: readonly (readonly [string, PlainForm])[] = [
  ['groups', { ...usual, channels: [6, 4], group: 2 }],
  ['depthwise', { ...usual, channels: [16, 16], group: 16 }],
  ['dilation', { ...usual, dilations: [2, 3], pads: sides(2) }],
  ['asymmetric padding', { ...usual, pads: [0, 2, 1, 0] }],
  ['stride 3', { ...usual, strides: square(3) }],
  ['strides differing per axis', { ...usual, strides: [2, 3] }],
  ['a kernel smaller than its stride', { ...usual, kernel: [1, 1], strides: [2, 2], pads: sides(0) }],
  ['an even kernel', { ...usual, kernel: [2, 4], strides: [2, 1] }],
  ['a size its stride does not divide', { ...usual, size: [10, 11], strides: [2, 2], pads: sides(0) }],
  ['whole blocks of channels', { ...usual, channels: [16, 32], size: [6, 7] }],
  ['whole blocks, stride 2', { ...usual, channels: [32, 16], size: [7, 8], strides: [2, 2] }],
  [
    'whole blocks, 1x1 stride 2',
    { ...usual, channels: [32, 32], size: [7, 6], kernel: [1, 1], strides: [2, 2], pads: sides(0) },
  ],
  [
    'a picture, stride 2',
    { ...usual, channels: [3, 16], size: [14, 13], kernel: [7, 7], strides: square(2), pads: sides(3) },
  ],
  [
    'a picture, stride 3, asymmetric padding',
    { ...usual, channels: [3, 32], size: [13, 11], kernel: [5, 4], strides: square(3), pads: [0, 1, 2, 0] },
  ],
  [
    'a grey picture, a kernel smaller than its stride',
    { ...usual, channels: [1, 16], size: [9, 10], kernel: [2, 1], strides: square(3), pads: sides(0) },
  ],
  ['whole blocks in groups', { ...usual, channels: [32, 32], size: [5, 6], group: 2 }],
  ['whole blocks, dilation', { ...usual, channels: [16, 16], size: [7, 7], dilations: [2, 2], pads: sides(2) }],
];

const one = fc.integer({ min: 1, max: 3 });
const small = fc.integer({ min: 0, max: 2 });
const forms = fc
  .record({
    group: fc.constantFrom(1, 1, 1, 2),
    perGroup: fc.constantFrom<readonly [number, number]>([1, 2], [3, 4], [8, 8], [16, 8], [16, 16]),
    size: fc.tuple(fc.integer({ min: 3, max: 10 }), fc.integer({ min: 3, max: 10 })),
    kernel: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    strides: fc.tuple(one, one),
    pads: fc.tuple(small, small, small, small),
    dilations: fc.tuple(fc.constantFrom(1, 1, 2), fc.constantFrom(1, 1, 2)),
  })
  .map(({ group, perGroup, ...form }): PlainForm => ({
    ...form,
    group,
    channels: [perGroup[0] * group, perGroup[1] * group],
  }))
  .filter((form) => outputSize(form).every((length) => length >= 1));

interface Case {
  readonly form: PlainForm;
  readonly rule: PlainRule;
  readonly blockSize: number;
}

/** Errors of relevance and of the output, against float64. */
async function errorsOf(sample: Sample, { rule, blockSize }: Case): Promise<readonly [number, number]> {
  const [relevance, output] = await folder.run(sample, rule, blockSize);
  return [difference(relevance, plainRelevanceOf(rule, sample)), relativeError(output, outputOf(sample))];
}

/** Epsilon below another layer may err as far as float32 cannot do better; of the forms here none is as sensitive as 1e-8. */
const chainedBar = (rule: PlainRule, sample: Sample): number =>
  rule === 'Epsilon' ? Math.max(1e-5, float32Sensitivity(sample)) : 1e-5;

async function expectSame(given: Case): Promise<void> {
  const single = await errorsOf(sampleOf(given.form, 1), given);
  expect(Math.max(...single), 'one layer').toBeLessThan(1e-5);
  const chained = sampleOf(given.form, 2);
  const [relevance, output] = await errorsOf(chained, given);
  expect(relevance, 'with a layer above').toBeLessThan(chainedBar(given.rule, chained));
  expect(output, 'with a layer above').toBeLessThan(1e-5);
}

const cases = layouts.flatMap((blockSize) => plainRules.map((rule) => ({ blockSize, rule })));

describe.each(cases)('$rule, channel block $blockSize', ({ blockSize, rule }) => {
  it.each(named)('%s', async (_, form) => {
    await expectSame({ form, rule, blockSize });
  });
});

it.each(layouts)('forms drawn at random, channel block %i', async (blockSize) => {
  await fc.assert(
    fc.asyncProperty(forms, fc.constantFrom(...plainRules), (form, rule) => expectSame({ form, rule, blockSize })),
    { seed: 20260117, numRuns: 60 },
  );
});

it.skipIf(layouts.length < 2)('whole blocks of channels are computed in the blocked layout', async () => {
  const form = { ...usual, channels: [16, 32] } as const;
  const network = await folder.networkOf(sampleOf(form, 1).layers);
  const blockSize = Math.max(...layouts);
  const { content } = compileAttribution(network, { composite: compositeOf('ZPlus'), blockSize });
  expect(content.graph.nodes.filter(({ domain }) => domain === 'com.microsoft.nchwc').length).toBeGreaterThan(1);
});
