import { float32Parameter } from '../network/parameter.ts';
import { checkBroadcast } from './arithmetic.ts';
import { constantValue } from './constants.ts';
import {
  attribute,
  computedInput,
  computes,
  misfit,
  parameterInput,
  shapeText,
  type Reader,
  type Reading,
} from './reading.ts';
import { readAttributes } from './signatures.ts';

/** Pointwise activations. The value says whether the output can be negative. */
const nonNegativeByOperator: Readonly<Record<string, boolean>> = {
  Relu: true,
  Sigmoid: true,
  HardSigmoid: true,
  Softplus: true,
  LeakyRelu: false,
  PRelu: false,
  Elu: false,
  Selu: false,
  Celu: false,
  Tanh: false,
  Softsign: false,
  HardSwish: false,
  Gelu: false,
  Mish: false,
};

const pointwise: Reader = (reading) => {
  const { operator } = reading.node;
  return activation(reading, nonNegativeByOperator[operator] ?? false);
};

const clip: Reader = (reading) => {
  const low = clipBound(reading, 1, 'min');
  const bounds = [low, clipBound(reading, 2, 'max')];
  const read = activation(reading, low !== undefined && low >= 0);
  if (reading.inputs.length > 1 || read.form?.kind !== 'activation') return read;
  // Bounds kept as attributes (before opset 11) become the inputs they are today.
  const parameters = bounds.map((bound) => (bound === undefined ? undefined : float32Parameter([bound], [])));
  return { ...read, form: { ...read.form, parameters, attributes: new Map() } };
};

function activation(reading: Reading, nonNegative: boolean): ReturnType<Reader> {
  const parameters = reading.inputs.slice(1).map((_, i) => parameterInput(reading, i + 1));
  const { operator } = reading.node;
  const { shape } = computedInput(reading, 0);
  parameters.forEach((parameter) => {
    if (parameter) checkBroadcast(reading, shape, parameter);
  });
  const attributes = readAttributes(reading.node);
  return computes(reading, { kind: 'activation', operator, attributes, parameters, nonNegative }, shape);
}

/** Clip's bounds are attributes before opset 11 and inputs since. */
function clipBound(reading: Reading, index: number, name: string): number | undefined {
  const stored = parameterInput(reading, index);
  if (stored && (stored.dims.length > 1 || stored.dims.some((size) => size !== 1)))
    throw misfit(reading, `its ${name} has shape ${shapeText(stored.dims)} where one number is needed`);
  return stored ? constantValue(stored) : attribute(reading.node, name, 'float');
}

export const activations: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(Object.keys(nonNegativeByOperator).map((operator) => [operator, pointwise])),
  Clip: clip,
};

/** Softmax and its like have no rule; the canonizer cuts them where they end the network. */
export const normalizer: Reader = (reading) => {
  const { shape } = computedInput(reading, 0);
  return computes(reading, { kind: 'normalizer', operator: reading.node.operator }, shape);
};
