import type { Shape } from '../network/network.ts';
import { elementwise, float32Parameter, type Parameter } from '../network/parameter.ts';
import {
  attribute,
  computedInput,
  computes,
  misfit,
  parameterInput,
  shapeText,
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
  if (bias) checkBias(reading, bias.dims, Number(shape[1]));
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
    throw misfit(reading, `its weight expects ${String(from)} values but it is given ${String(input.at(-1))}`);
  }
  return [...input.slice(0, -1), to];
}

/** One number for all outputs or one for each; a bias that differs by row would differ by picture. */
function checkBias(reading: Reading, dims: readonly number[], values: number): void {
  const fits = dims.length <= 2 && dims.every((size, i) => size === 1 || (size === values && i === dims.length - 1));
  if (!fits) throw misfit(reading, `its bias has shape ${shapeText(dims)} but it gives ${String(values)} values`);
}
