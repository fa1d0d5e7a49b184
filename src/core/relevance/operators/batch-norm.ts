import { elementwise, float32Parameter } from '../network/parameter.ts';
import { attribute, computedInput, computes, parameterInput, unsupported, type Reader } from './reading.ts';

/** y = (x - mean) / sqrt(var + eps) * gamma + beta, kept as y = x * scale + shift. */
export const batchNormalization: Reader = (reading) => {
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((index) => parameterInput(reading, index));
  if (!gamma || !beta || !mean || !variance)
    throw unsupported(reading, 'its four statistics should be stored in the file');
  if (attribute(reading.node, 'training_mode', 'int')) {
    throw unsupported(reading, 'it is in training mode; export the model after model.eval()');
  }
  const epsilon = float32Parameter([attribute(reading.node, 'epsilon', 'float') ?? 1e-5], []);
  const scale = elementwise('Div', gamma, elementwise('Sqrt', elementwise('Add', variance, epsilon)));
  const shift = elementwise('Sub', beta, elementwise('Mul', mean, scale));
  return computes(reading, { kind: 'batchNorm', scale, shift }, computedInput(reading, 0).shape);
};
