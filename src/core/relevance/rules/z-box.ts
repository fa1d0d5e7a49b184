import type { Tensor } from '../compile/tensor.ts';
import type { Contribution } from './contribution.ts';
import type { LinearStep } from './linear-step.ts';
import type { LinearRule } from './rule.ts';
import { stabilize } from './stabilize.ts';
import { given, negative, positive } from './weight-forms.ts';

/**
 * ZBox, for inputs known to lie between low and high:
 * R_in = x * W^T s - low * W+^T s - high * W-^T s, with s = R / stab(W x - W+ low - W- high). Biases cancel.
 * With W = W+ + W- the way back is (x - low) * W+^T s + (x - high) * W-^T s.
 */
export function zBox(step: LinearStep, rule: Extract<LinearRule, { rule: 'ZBox' }>): Contribution {
  const { writer, map, input, relevance } = step;
  const low = bound(step, rule.low);
  const high = bound(step, rule.high);
  const floorOfLow = map.apply(low, { weight: positive, constant: true });
  const floor = map.apply(high, { weight: negative, plus: floorOfLow, constant: true });
  const z = writer.elementwise('Sub', map.apply(input, { weight: given }), floor);
  const share = writer.divide(relevance, stabilize(writer, z, { stabilizer: rule.stabilizer, sign: 'any' }));
  const lower = writer.multiply(writer.subtract(input, low), map.back(share, positive));
  const upper = writer.multiply(writer.subtract(input, high), map.back(share, negative));
  return { relevance: writer.add(lower, upper) };
}

/** A bound as a value of the input's shape, its batch axis 1. */
function bound({ writer, map }: LinearStep, values: readonly number[]): Tensor {
  const { graph } = writer;
  const sizes = map.inputSizes;
  const [channels = 1] = sizes;
  const perChannel = values.length === channels ? values : Array.from({ length: channels }, () => values[0] ?? 0);
  const vector = graph.floats(perChannel, [1, channels, ...sizes.slice(1).map(() => 1)]);
  return writer.plain(graph.emit('Expand', [vector, graph.integers([1, ...sizes])]), sizes);
}
