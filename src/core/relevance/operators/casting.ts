import { asFloat32, dataTypeOf } from '../network/parameter.ts';
import { attribute, unsupported, type Reader, type Reading } from './reading.ts';

/** TensorProto.DataType of float32. */
const float32 = 1;

/**
 * Whole numbers of shape computations stay as they are, in whatever type; all else is computed in float32, so a cast to another
 * type would change what the network computes.
 */
function castTo(reading: Reading, isFloat32: () => boolean): ReturnType<Reader> {
  const [input] = reading.inputs;
  if (!input || input.kind === 'sizes') return { outputs: input ? [input] : [] };
  if (!isFloat32()) throw unsupported(reading, 'values can be cast to float32 only; export the model in float32');
  if (input.kind === 'computed') return { outputs: [input] };
  return { outputs: [{ kind: 'parameter', parameter: asFloat32(input.parameter) }] };
}

export const cast: Reader = (reading) => castTo(reading, () => attribute(reading.node, 'to', 'int') === float32);

export const castLike: Reader = (reading) =>
  castTo(reading, () => {
    const like = reading.inputs[1];
    return like?.kind === 'computed' || (like?.kind === 'parameter' && dataTypeOf(like.parameter) === 'float32');
  });
