import { attribute, unsupported, type Reader } from './reading.ts';

/** Transposing stored weights (x @ W.T exports so). Transposing pictures has no use in the networks read here. */
export const transpose: Reader = (reading) => {
  const input = reading.inputs[0];
  if (input?.kind !== 'parameter') throw unsupported(reading, 'only stored weights can be transposed');
  const { parameter } = input;
  const order = attribute(reading.node, 'perm', 'ints') ?? parameter.dims.map((_, i) => parameter.dims.length - 1 - i);
  const dims = order.map((axis) => parameter.dims[axis] ?? 1);
  const { operator, attributes } = reading.node;
  const transposed = { kind: 'computed', operator, attributes, inputs: [parameter], dims } as const;
  return { outputs: [{ kind: 'parameter', parameter: transposed }] };
};
