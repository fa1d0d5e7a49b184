import { attribute, unsupported, type Known, type Reader } from './reading.ts';
import { indexOf, positionOf } from './sampled.ts';
import { sampledInput, transposedSample } from './sampling.ts';

/** Transposing stored weights (x @ W.T exports so), shape computations, and pictures that are then taken apart into windows. */
export const transpose: Reader = (reading) => {
  const input = reading.inputs[0];
  const sampled = sampledInput(reading, 0);
  if (sampled) return transposedSample(reading, sampled);
  if (input?.kind !== 'parameter' && input?.kind !== 'sizes')
    throw unsupported(reading, 'only stored weights and small pictures can be transposed');
  const from = input.kind === 'parameter' ? input.parameter.dims : input.dims;
  const order = attribute(reading.node, 'perm', 'ints') ?? from.map((_, i) => from.length - 1 - i);
  const dims = order.map((axis) => from[axis] ?? 1);
  if (input.kind === 'sizes') return { outputs: [transposedSizes(input, order, dims)] };
  const { operator, attributes } = reading.node;
  const transposed = { kind: 'computed', operator, attributes, inputs: [input.parameter], dims } as const;
  return { outputs: [{ kind: 'parameter', parameter: transposed }] };
};

/** Whole numbers: exporters turn pairs of padding around so. */
function transposedSizes(
  input: Extract<Known, { kind: 'sizes' }>,
  order: readonly number[],
  dims: readonly number[],
): Known {
  const sizes = input.sizes.map((_, index) => {
    const position = positionOf(index, dims);
    const from = input.dims.map((_, axis) => position[order.indexOf(axis)] ?? 0);
    return input.sizes[indexOf(from, input.dims)] ?? 0;
  });
  return { ...input, sizes, dims };
}
