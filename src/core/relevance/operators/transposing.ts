import { attribute, misfit, shapeText, unsupported, type Known, type Reader } from './reading.ts';

/** Transposing stored weights (x @ W.T exports so) and shape computations. Pictures are not transposed in the networks read here. */
export const transpose: Reader = (reading) => {
  const input = reading.inputs[0];
  if (input?.kind !== 'parameter' && input?.kind !== 'sizes')
    throw unsupported(reading, 'only stored weights can be transposed');
  const from = input.kind === 'parameter' ? input.parameter.dims : input.dims;
  const order = attribute(reading.node, 'perm', 'ints') ?? from.map((_, i) => from.length - 1 - i);
  if (order.length !== from.length || from.some((_, axis) => !order.includes(axis)))
    throw misfit(reading, `its perm ${shapeText(order)} does not reorder the axes of ${shapeText(from)}`);
  if (input.kind === 'sizes' && from.length > 2) throw unsupported(reading, 'it reorders a list of more than two axes');
  const dims = order.map((axis) => from[axis] ?? 1);
  if (input.kind === 'sizes') return { outputs: [transposedSizes(input, order, dims)] };
  const attributes = new Map([['perm', { kind: 'ints', value: order } as const]]);
  const transposed = { kind: 'computed', operator: 'Transpose', attributes, inputs: [input.parameter], dims } as const;
  return { outputs: [{ kind: 'parameter', parameter: transposed }] };
};

/** Whole numbers in at most two axes: exporters turn pairs of padding around so. */
function transposedSizes(
  input: Extract<Known, { kind: 'sizes' }>,
  order: readonly number[],
  dims: readonly number[],
): Known {
  if (order.join() !== '1,0') return { ...input, dims };
  const [rows = 1, columns = 1] = dims;
  const sizes = Array.from(
    { length: rows * columns },
    (_, i) => input.sizes[(i % columns) * rows + Math.floor(i / columns)] ?? 0,
  );
  return { ...input, sizes, dims };
}
