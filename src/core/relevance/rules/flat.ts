import type { Tensor } from '../compile/tensor.ts';
import { convolve } from '../compile/convolve.ts';
import { convolveBack } from '../compile/convolve-back.ts';
import type { Contribution } from './contribution.ts';
import type { LinearStep } from './linear-step.ts';
import type { LinearRule, Stabilizer } from './rule.ts';
import { stabilize } from './stabilize.ts';
import { given, ones } from './weight-forms.ts';

/**
 * Flat: R_in = 1^T (R / (n + eps)), n the number of inputs inside the picture under each output, so smaller at the border.
 * All channels are alike: relevance is summed over the output's channels, spread by one kernel of ones, and repeated.
 */
export function flat(step: LinearStep, { stabilizer }: Extract<LinearRule, { rule: 'Flat' }>): Contribution {
  const { form } = step.map.operation;
  if (form.kind === 'linear') return { relevance: flatLinear(step, stabilizer) };
  if (form.group > 1) return { relevance: flatGrouped(step, stabilizer) };
  const { writer, map, relevance } = step;
  const { graph } = writer;
  const [channels = 1, height = 1, width = 1] = map.inputSizes;
  const dims = [1, 1, ...form.kernel];
  const filter = { name: graph.floats(dims.reduce((a, b) => a * b) > 0 ? onesOf(dims) : [], dims), dims };
  const picture = writer.constant(1, [1, height, width]);
  const inside = convolve(writer, picture, { ...form, filter, form: given, bias: undefined, constant: true });
  const total = writer.multiply(inside, channels);
  const summed = sumOverChannels(step, relevance);
  const share = writer.divide(summed, stabilize(writer, total, { stabilizer, sign: 'nonNegative' }));
  const spread = convolveBack(writer, share, { ...form, filter, form: given, sizes: [1, height, width] });
  const repeated = graph.emit(
    'Concat',
    Array.from({ length: channels }, () => writer.asPlain(spread).name),
    {
      attributes: { axis: 1 },
    },
  );
  return { relevance: writer.plain(repeated, map.inputSizes) };
}

function onesOf(dims: readonly number[]): number[] {
  return Array.from({ length: dims.reduce((a, b) => a * b) }, () => 1);
}

/** [1, height, width]. In blocks, a 1×1 convolution of ones is ten times as fast as putting channels in order and adding them. */
function sumOverChannels({ writer }: LinearStep, relevance: Tensor): Tensor {
  const { graph, block } = writer;
  const [channels = 1, ...size] = relevance.sizes;
  const sizes = [1, ...size];
  if (relevance.layout === 'plain') {
    const attributes = { keepdims: 1 };
    return writer.plain(graph.emit('ReduceSum', [relevance.name, graph.integers([1])], { attributes }), sizes);
  }
  const dims = [block, channels, 1, 1];
  const filter = { name: graph.floats(onesOf(dims), dims), dims };
  const sums = convolve(writer, relevance, { ...pointwise, filter, form: given, bias: undefined });
  const bounds = [[0], [1], [1], [1]].map((values) => graph.integers(values));
  return writer.plain(graph.emit('Slice', [writer.asPlain(sums).name, ...bounds]), sizes);
}

const pointwise = { kernel: [1, 1], strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], group: 1 } as const;

function flatLinear({ writer, map, relevance }: LinearStep, stabilizer: Stabilizer): Tensor {
  const { graph } = writer;
  const inputs = map.inputSizes.at(-1) ?? 1;
  const denominator = stabilizer.clip
    ? Math.max(inputs, stabilizer.epsilon)
    : inputs + stabilizer.epsilon * (stabilizer.normScale ? inputs : 1);
  const total = graph.emit('ReduceSum', [relevance.name, graph.integers([-1])], { attributes: { keepdims: 1 } });
  const share = graph.emit('Div', [total, graph.scalar(denominator)]);
  const name = graph.emit('Mul', [share, graph.floats(onesOf([inputs]))]);
  return writer.plain(name, map.inputSizes);
}

function flatGrouped({ writer, map, relevance }: LinearStep, stabilizer: Stabilizer): Tensor {
  const inside = map.apply(writer.constant(1, map.inputSizes), { weight: ones, constant: true });
  const share = writer.divide(relevance, stabilize(writer, inside, { stabilizer, sign: 'nonNegative' }));
  return map.back(share, ones);
}
