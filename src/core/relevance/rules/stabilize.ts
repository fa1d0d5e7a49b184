import type { Tensor, TensorWriter } from '../compile/tensor.ts';
import type { Stabilizer } from './rule.ts';

/** What is known of a denominator's sign. */
export type Sign = 'nonNegative' | 'nonPositive' | 'any';

/**
 * Keeps a denominator from zero without changing its sign; zero counts as positive, unless the denominator is known to be
 * at most zero: there a zero denominator only ever divides what is multiplied by zero afterwards.
 */
export function stabilize(
  writer: TensorWriter,
  z: Tensor,
  { stabilizer, sign }: { stabilizer: Stabilizer; sign: Sign },
): Tensor {
  const epsilon = stabilizer.normScale ? scaledEpsilon(writer, z, stabilizer.epsilon) : stabilizer.epsilon;
  if (stabilizer.clip) return clipped(writer, z, { epsilon, sign });
  const up = (): Tensor => writer.add(z, epsilon);
  const down = (): Tensor => writer.elementwise('Sub', z, epsilon);
  if (sign === 'nonNegative') return up();
  if (sign === 'nonPositive') return down();
  return writer.elementwise('Where', writer.elementwise('Less', z, 0), down(), up());
}

function clipped(writer: TensorWriter, z: Tensor, { epsilon, sign }: { epsilon: Tensor | number; sign: Sign }): Tensor {
  const size = writer.elementwise('Max', writer.elementwise('Abs', z), epsilon);
  if (sign === 'nonNegative') return size;
  const negative = writer.elementwise('Neg', size);
  if (sign === 'nonPositive') return negative;
  return writer.elementwise('Where', writer.elementwise('Less', z, 0), negative, size);
}

/** eps * sqrt(mean(z²)) for every sample, in the shape of z. */
function scaledEpsilon(writer: TensorWriter, z: Tensor, epsilon: number): Tensor {
  const { graph } = writer;
  const square = writer.asPlain(writer.multiply(z, z));
  const flat = writer.reshape(square.name, [0, -1]);
  const mean = graph.emit('ReduceMean', [flat, graph.integers([1])], { attributes: { keepdims: 1 } });
  const scale = graph.emit('Mul', [graph.emit('Sqrt', [mean]), graph.scalar(epsilon)]);
  const shaped = writer.reshape(scale, [0, ...z.sizes.map(() => 1)]);
  const whole = graph.emit('Add', [graph.emit('Mul', [square.name, graph.scalar(0)]), shaped]);
  return writer.plain(whole, z.sizes);
}
