import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createNormalValues } from '#core/networks/index.ts';
import { float32Initializer, node, readModel, saveModel, valueInfo, type Node } from '#core/onnx/index.ts';
import {
  compileAttribution,
  parseComposite,
  readNetwork,
  type Composite,
  type Network,
} from '#core/relevance/index.ts';
import {
  box,
  convolve,
  gamma,
  outputSize,
  plainRelevance,
  plainRules,
  type PlainForm,
  type PlainLayer,
  type PlainRule,
} from './plain-convolution.ts';
import { blockSizes, openAttribution, relativeError } from './run-attribution.ts';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-forms-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const layouts = await blockSizes();
let count = 0;

const usual: PlainForm = {
  channels: [3, 4],
  size: [9, 8],
  kernel: [3, 3],
  strides: [1, 1],
  pads: [1, 1, 1, 1],
  dilations: [1, 1],
  group: 1,
};
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

const values = (name: string, length: number): Float64Array => Float64Array.from(createNormalValues(name, length));

function layerOf(form: PlainForm, name: string): PlainLayer {
  const [inputs, outputs] = form.channels;
  const length = (outputs * inputs * form.kernel[0] * form.kernel[1]) / form.group;
  return { form, weight: values(`${name} weight`, length), bias: values(`${name} bias`, outputs) };
}

const compositeOf = (rule: PlainRule): Composite => {
  const parameters = { Gamma: { gamma }, AlphaBeta: { alpha: 2, beta: 1 }, ZBox: box };
  const convolution = rule in parameters ? { rule, ...parameters[rule as keyof typeof parameters] } : rule;
  return parseComposite({ types: { convolution, activation: 'Pass' } }, 'forms.json');
};

function convNode({ form }: PlainLayer, name: string, [input, output]: readonly [string, string]): Node {
  const { kernel, strides, pads, dilations, group } = form;
  const edges = { inputs: [input, `${name}.weight`, `${name}.bias`], outputs: [output] };
  return node('Conv', edges, { kernel_shape: kernel, strides, pads, dilations, group });
}

/** One convolution, or two with a ReLU between them. */
async function networkOf([first, second]: readonly PlainLayer[]): Promise<Network> {
  if (!first) throw new Error('no layer');
  const last = second ?? first;
  const nodes = second
    ? [
        convNode(first, 'first', ['x', 'z']),
        node('Relu', { inputs: ['z'], outputs: ['a'] }),
        convNode(second, 'second', ['a', 'y']),
      ]
    : [convNode(first, 'first', ['x', 'y'])];
  const stored = Object.entries({ first, ...(second && { second }) }).flatMap(([name, { form, weight, bias }]) => [
    float32Initializer(
      `${name}.weight`,
      [form.channels[1], form.channels[0] / form.group, ...form.kernel],
      Float32Array.from(weight),
    ),
    float32Initializer(`${name}.bias`, [form.channels[1]], Float32Array.from(bias)),
  ]);
  const graph = {
    name: 'forms',
    nodes,
    initializers: new Map(stored.map((initializer) => [initializer.name, initializer])),
    inputs: [valueInfo('x', ['batch', first.form.channels[0], ...first.form.size])],
    outputs: [valueInfo('y', ['batch', last.form.channels[1], ...outputSize(last.form)])],
  };
  const path = join(folder, `${String(count++)}.onnx`);
  await saveModel({ irVersion: 8, opsets: new Map([['', 17]]), producer: 'test', graph }, path);
  return readNetwork(await readModel(path));
}

/** Relevance in proportion to the output's square: where a denominator is near zero, float32 holds few of its digits. */
const relevanceFor = (z: Float64Array): Float64Array => {
  const factors = values('relevance', z.length);
  return Float64Array.from(
    Float32Array.from(z, (value, i) => value * Math.abs(value) * (1 + 0.25 * Math.tanh(factors[i] ?? NaN))),
  );
};

/** Where every unit below is dead, nothing may arrive; there is no norm to compare with. */
function difference(actual: Float32Array, expected: Float64Array): number {
  return expected.some((value) => value !== 0) ? relativeError(actual, expected) : Math.max(...actual.map(Math.abs));
}

interface Case {
  readonly form: PlainForm;
  readonly rule: PlainRule;
  readonly blockSize: number;
}

async function relevanceErrors(layers: readonly PlainLayer[], { form, rule, blockSize }: Case): Promise<number[]> {
  const [first, second] = layers;
  if (!first) throw new Error('no layer');
  const x = values('picture', form.channels[0] * form.size[0] * form.size[1]).map((v) =>
    Math.max(-4.9, Math.min(4.9, v)),
  );
  const hidden = convolve(first, x);
  const activation = hidden.map((value) => Math.max(value, 0));
  const output = second ? convolve(second, activation) : hidden;
  const given = relevanceFor(output);
  const between = second ? plainRelevance(rule, second, activation)(given) : given;
  const attribute = await openAttribution(await networkOf(layers), { composite: compositeOf(rule), blockSize });
  const run = { image: Float32Array.from(x), count: 1, start: 'given' as const, initial: Float32Array.from(given) };
  const { relevance, logits } = await attribute(run);
  return [difference(relevance, plainRelevance(rule, first, x)(between)), relativeError(logits, output)];
}

const single = (given: Case): Promise<number[]> => relevanceErrors([layerOf(given.form, 'first')], given);

/** A second convolution above lets the compiler drop what it has proven needless in the first. */
function chained(given: Case): Promise<number[]> {
  const [, channels] = given.form.channels;
  const second = { ...usual, channels: [channels, channels], size: outputSize(given.form) } as const;
  return relevanceErrors([layerOf(given.form, 'first'), layerOf(second, 'second')], given);
}

/** Between two layers relevance is only proportional to the value, which Epsilon alone divides by: its float32 noise is larger. */
const chainedBar = (rule: PlainRule): number => (rule === 'Epsilon' ? 1e-4 : 1e-5);

async function expectSame(given: Case): Promise<void> {
  expect(Math.max(...(await single(given))), 'one layer').toBeLessThan(1e-5);
  expect(Math.max(...(await chained(given))), 'with a layer above').toBeLessThan(chainedBar(given.rule));
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
  const network = await networkOf([layerOf(form, 'first')]);
  const blockSize = Math.max(...layouts);
  const { content } = compileAttribution(network, { composite: compositeOf('ZPlus'), blockSize });
  expect(content.graph.nodes.filter(({ domain }) => domain === 'com.microsoft.nchwc').length).toBeGreaterThan(1);
});
