import { elementwise, float32Parameter } from '../network/parameter.ts';
import {
  attribute,
  computedInput,
  computes,
  misfit,
  parameterInput,
  shapeText,
  unsupported,
  type Reader,
} from './reading.ts';

/** y = (x - mean) / sqrt(var + eps) * gamma + beta, kept as y = x * scale + shift. */
export const batchNormalization: Reader = (reading) => {
  const { shape } = computedInput(reading, 0);
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((index) => parameterInput(reading, index));
  if (!gamma || !beta || !mean || !variance)
    throw unsupported(reading, 'its four statistics should be stored in the file');
  Object.entries({ scale: gamma, bias: beta, mean, variance }).forEach(([name, { dims }]) => {
    if (dims.length !== 1 || dims[0] !== shape[1])
      throw misfit(reading, `its ${name} has shape ${shapeText(dims)} but it is given ${String(shape[1])} channels`);
  });
  if (attribute(reading.node, 'training_mode', 'int')) {
    throw unsupported(reading, 'it is in training mode; export the model after model.eval()');
  }
  const epsilon = float32Parameter([attribute(reading.node, 'epsilon', 'float') ?? 1e-5], []);
  const scale = elementwise('Div', gamma, elementwise('Sqrt', elementwise('Add', variance, epsilon)));
  const shift = elementwise('Sub', beta, elementwise('Mul', mean, scale));
  return computes(reading, { kind: 'batchNorm', scale, shift }, shape);
};
