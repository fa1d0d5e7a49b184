import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNormalValues } from '#core/networks/index.ts';
import { float32Initializer, node, readModel, saveModel, valueInfo, type Node } from '#core/onnx/index.ts';
import { parseComposite, readNetwork, type Composite, type Network } from '#core/relevance/index.ts';
import {
  box,
  convolve,
  gamma,
  outputSize,
  plainRelevance,
  positive,
  type Numbers,
  type PlainForm,
  type PlainLayer,
  type PlainRule,
} from './plain-convolution.ts';
import { openAttribution, relativeError } from './run-attribution.ts';

/** One convolution, or two with a ReLU between them: as plain numbers, and as a network that is compiled and run. */

export const usual: PlainForm = {
  channels: [3, 4],
  size: [9, 8],
  kernel: [3, 3],
  strides: [1, 1],
  pads: [1, 1, 1, 1],
  dilations: [1, 1],
  group: 1,
};

/** The layers, a picture, and relevance given to their output. */
export interface Sample {
  readonly layers: readonly [PlainLayer] | readonly [PlainLayer, PlainLayer];
  readonly x: Numbers;
  readonly given: Numbers;
}

const values = (name: string, length: number): Float64Array => Float64Array.from(createNormalValues(name, length));

function layerOf(form: PlainForm, name: string): PlainLayer {
  const [inputs, outputs] = form.channels;
  const length = (outputs * inputs * form.kernel[0] * form.kernel[1]) / form.group;
  return { form, weight: values(`${name} weight`, length), bias: values(`${name} bias`, outputs) };
}

/** Relevance in proportion to the output's square: where a denominator is near zero, float32 holds few of its digits. */
const relevanceFor = (z: Numbers): Float64Array => {
  const factors = values('relevance', z.length);
  return Float64Array.from(
    Float32Array.from(z, (value, i) => value * Math.abs(value) * (1 + 0.25 * Math.tanh(factors[i] ?? NaN))),
  );
};

/** Where every unit below is dead, nothing may arrive; there is no norm to compare with. */
export function difference(actual: Numbers, expected: Numbers): number {
  return expected.some((value) => value !== 0) ? relativeError(actual, expected) : Math.max(...actual.map(Math.abs));
}

/** `name` chooses the random numbers. */
export function sampleOf(form: PlainForm, depth: 1 | 2, name = ''): Sample {
  const first = layerOf(form, `${name}first`);
  const [, channels] = form.channels;
  // A second convolution above lets the compiler drop what it has proven needless in the first.
  const above = { ...usual, channels: [channels, channels], size: outputSize(form) } as const;
  const layers = depth === 1 ? ([first] as const) : ([first, layerOf(above, `${name}second`)] as const);
  const x = values(`${name}picture`, form.channels[0] * form.size[0] * form.size[1]).map((value) =>
    Math.max(-4.9, Math.min(4.9, value)),
  );
  return { layers, x, given: relevanceFor(outputOf({ layers, x })) };
}

/** The same sample, its numbers those that float32 rounds after every step. */
export function inFloat32({ layers, x, given }: Sample): Sample {
  const single = ({ form, weight, bias }: PlainLayer): PlainLayer => ({
    form,
    weight: Float32Array.from(weight),
    bias: Float32Array.from(bias),
  });
  const [first, second] = layers;
  return {
    layers: second ? [single(first), single(second)] : [single(first)],
    x: Float32Array.from(x),
    given: Float32Array.from(given),
  };
}

export function outputOf({ layers: [first, second], x }: Pick<Sample, 'layers' | 'x'>): Numbers {
  const hidden = convolve(first, x);
  return second ? convolve(second, positive(hidden)) : hidden;
}

/** Relevance of the picture, in the sample's precision. */
export function plainRelevanceOf(rule: PlainRule, { layers: [first, second], x, given }: Sample): Numbers {
  const between = second ? plainRelevance(rule, second, positive(convolve(first, x)))(given) : given;
  return plainRelevance(rule, first, x)(between);
}

export const compositeOf = (rule: PlainRule): Composite => {
  const parameters = { Gamma: { gamma }, AlphaBeta: { alpha: 2, beta: 1 }, ZBox: box };
  const convolution = rule in parameters ? { rule, ...parameters[rule as keyof typeof parameters] } : rule;
  return parseComposite({ types: { convolution, activation: 'Pass' } }, 'forms.json');
};

function convNode({ form }: PlainLayer, name: string, [input, output]: readonly [string, string]): Node {
  const { kernel, strides, pads, dilations, group } = form;
  const edges = { inputs: [input, `${name}.weight`, `${name}.bias`], outputs: [output] };
  return node('Conv', edges, { kernel_shape: kernel, strides, pads, dilations, group });
}

/** Networks of such layers, in a folder of their own. */
export class ConvolutionFolder {
  readonly #path = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-convolutions-'));
  #count = 0;

  async networkOf([first, second]: Sample['layers']): Promise<Network> {
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
    const path = join(this.#path, `${String(this.#count++)}.onnx`);
    await saveModel({ irVersion: 8, opsets: new Map([['', 17]]), producer: 'test', graph }, path);
    return readNetwork(await readModel(path));
  }

  /** The compiled network's relevance of the picture, and its output. */
  async run(
    { layers, x, given }: Sample,
    rule: PlainRule,
    blockSize: number,
  ): Promise<readonly [Float32Array, Float32Array]> {
    const attribute = await openAttribution(await this.networkOf(layers), { composite: compositeOf(rule), blockSize });
    const run = { image: Float32Array.from(x), count: 1, start: 'given' as const, initial: Float32Array.from(given) };
    const { relevance, logits } = await attribute(run);
    return [relevance, logits];
  }

  remove(): void {
    rmSync(this.#path, { recursive: true });
  }
}
