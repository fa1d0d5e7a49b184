import type { Shape } from '../network/network.ts';
import { elementwise, float32Parameter, type Parameter } from '../network/parameter.ts';
import {
  attribute,
  computedInput,
  computes,
  parameterInput,
  unsupported,
  type Reader,
  type Reading,
} from './reading.ts';

export const gemm: Reader = (reading) => {
  const { node } = reading;
  const input = computedInput(reading, 0);
  const stored = parameterInput(reading, 1);
  if (stored?.dims.length !== 2 || input.shape.length !== 2)
    throw unsupported(reading, 'only a matrix of stored weights is supported');
  if (attribute(node, 'transA', 'int')) throw unsupported(reading, 'transA is set');
  const weight = scaled(stored, attribute(node, 'alpha', 'float'));
  const bias = parameterInput(reading, 2);
  const outputFirst = attribute(node, 'transB', 'int') === 1;
  const shape = linearShape(reading, input.shape, outputFirst ? [...weight.dims].reverse() : weight.dims);
  return computes(
    reading,
    { kind: 'linear', weight, outputFirst, bias: bias && scaled(bias, attribute(node, 'beta', 'float')) },
    shape,
  );
};

/** MatMul with a stored matrix is a linear layer without bias; without one it is attention, which LRP here does not cover. */
export const matMul: Reader = (reading) => {
  const input = computedInput(reading, 0);
  const weight = parameterInput(reading, 1);
  if (weight?.dims.length !== 2) throw unsupported(reading, 'only a matrix of stored weights is supported');
  const shape = linearShape(reading, input.shape, weight.dims);
  return computes(reading, { kind: 'linear', weight, outputFirst: false, bias: undefined }, shape);
};

function scaled(parameter: Parameter, factor = 1): Parameter {
  return factor === 1 ? parameter : elementwise('Mul', parameter, float32Parameter([factor], []));
}

function linearShape(reading: Reading, input: Shape, [from = 0, to = 0]: readonly number[]): Shape {
  if (input.at(-1) !== from) {
    throw unsupported(reading, `its weight expects ${String(from)} values but it is given ${String(input.at(-1))}`);
  }
  return [...input.slice(0, -1), to];
}
