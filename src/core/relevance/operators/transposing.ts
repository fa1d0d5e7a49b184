import { attribute, misfit, shapeText, unsupported, type Reader, type Reading, type Sizes } from './reading.ts';
import { indexOf, positionOf } from './sampled.ts';
import { sampledInput, transposedSample } from './sampling.ts';

/** Transposing stored weights (x @ W.T exports so), shape computations, and pictures that are then taken apart into windows. */
export const transpose: Reader = (reading) => {
  const input = reading.inputs[0];
  const sampled = sampledInput(reading, 0);
  if (sampled) return transposedSample(reading, sampled, readOrder(reading, sampled.axes));
  if (input?.kind !== 'parameter' && input?.kind !== 'sizes')
    throw unsupported(reading, 'only stored weights and small pictures can be transposed');
  const from = input.kind === 'parameter' ? input.parameter.dims : input.dims;
  const order = readOrder(reading, from);
  const dims = order.map((axis) => from[axis] ?? 1);
  if (input.kind === 'sizes') return { outputs: [transposedSizes(input, order, dims)] };
  const attributes = new Map([['perm', { kind: 'ints', value: order } as const]]);
  const transposed = { kind: 'computed', operator: 'Transpose', attributes, inputs: [input.parameter], dims } as const;
  return { outputs: [{ kind: 'parameter', parameter: transposed }] };
};

/** Which axis comes where: each of them once. */
function readOrder(reading: Reading, axes: readonly (number | string)[]): readonly number[] {
  const order = attribute(reading.node, 'perm', 'ints') ?? axes.map((_, i) => axes.length - 1 - i);
  if (order.length === axes.length && axes.every((_, axis) => order.includes(axis))) return order;
  throw misfit(reading, `its perm ${shapeText(order)} does not reorder the axes of [${axes.join(', ')}]`);
}

/** Exporters turn pairs of padding around so. */
function transposedSizes(input: Sizes, order: readonly number[], dims: readonly number[]): Sizes {
  const sizes = input.sizes.map((_, index) => {
    const position = positionOf(index, dims);
    const from = input.dims.map((_, axis) => position[order.indexOf(axis)] ?? 0);
    return input.sizes[indexOf(from, input.dims)] ?? 0;
  });
  return { ...input, sizes, dims };
}
