import { activations, normalizer } from './activation.ts';
import { arithmetics, sum } from './arithmetic.ts';
import { batchNormalization } from './batch-norm.ts';
import { cast, castLike } from './casting.ts';
import { constantNodeValue } from './constants.ts';
import { conv } from './convolution.ts';
import { gemm, matMul } from './linear.ts';
import { pad } from './padding.ts';
import { averagePool, globalAveragePool, maxPool, reduceMean } from './pooling.ts';
import { unsupported, type Reader, type Reading } from './reading.ts';
import { concat, flatten, reshape, squeeze, unsqueeze } from './reshaping.ts';
import { gatherND, where } from './sampling.ts';
import { constantOfShape, expand, gather, shape, slice } from './shapes.ts';
import { transpose } from './transposing.ts';
import { wholeNumberReaders } from './whole-numbers.ts';

const identity: Reader = (reading) => {
  const input = reading.inputs[0];
  if (!input) throw unsupported(reading, 'it has no input');
  return { outputs: [input] };
};

const constant: Reader = (reading) => {
  const value = constantNodeValue(reading.node);
  if (!value) throw unsupported(reading, 'its value is of a kind that is not read');
  return { outputs: [value] };
};

/** Every ONNX operator that can be read whatever its inputs, and how. */
export const readers: Readonly<Record<string, Reader>> = {
  ...activations,
  ...arithmetics,
  AveragePool: averagePool,
  BatchNormalization: batchNormalization,
  Cast: cast,
  CastLike: castLike,
  Concat: concat,
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Conv: conv,
  Dropout: identity,
  Expand: expand,
  Flatten: flatten,
  Gather: gather,
  GatherND: gatherND,
  Gemm: gemm,
  GlobalAveragePool: globalAveragePool,
  Identity: identity,
  LogSoftmax: normalizer,
  MatMul: matMul,
  MaxPool: maxPool,
  Pad: pad,
  ReduceMean: reduceMean,
  Reshape: reshape,
  Shape: shape,
  Slice: slice,
  Softmax: normalizer,
  Squeeze: squeeze,
  Sum: sum,
  Transpose: transpose,
  Unsqueeze: unsqueeze,
  Where: where,
};

export function findReader(operator: string, inputs: Reading['inputs']): Reader | undefined {
  const known = inputs.every((input) => input?.kind === 'sizes');
  const tables = known ? [readers, wholeNumberReaders] : [readers];
  return tables.find((table) => Object.hasOwn(table, operator))?.[operator];
}
