import { asFloat32, dataTypeOf } from '../network/parameter.ts';
import { attribute, constantOf, unsupported, type Reader, type Reading, type Sizes } from './reading.ts';

/** What numbers become: floating-point, whole, or truths. */
type Kind = 'float32' | 'otherReal' | 'whole' | 'bool';

/** ONNX's TensorProto.DataType: float32, float16, float64, bfloat16, bool; the others are whole numbers. */
const kinds: Readonly<Record<number, Kind>> = {
  1: 'float32',
  10: 'otherReal',
  11: 'otherReal',
  16: 'otherReal',
  9: 'bool',
};

/**
 * Numbers known on reading are cast here. All else is computed in float32, so a cast to another type would change what the network
 * computes.
 */
function castTo(reading: Reading, kind: Kind): ReturnType<Reader> {
  const [input] = reading.inputs;
  if (!input || input.kind === 'sizes') return { outputs: input ? [castSizes(input, kind)] : [] };
  if (kind !== 'float32') throw unsupported(reading, 'values can be cast to float32 only; export the model in float32');
  if (input.kind !== 'parameter') return { outputs: [input] };
  return { outputs: [{ kind: 'parameter', parameter: asFloat32(input.parameter) }] };
}

function castSizes(input: Sizes, kind: Kind): Sizes {
  const castNumber = {
    float32: Number,
    otherReal: Number,
    whole: Math.trunc,
    bool: (value: number) => Number(value !== 0),
  }[kind];
  const sizes = input.sizes.map((size) => (size === 'batch' ? size : castNumber(size)));
  return { ...input, sizes, real: kind === 'float32' || kind === 'otherReal' };
}

export const cast: Reader = (reading) => castTo(reading, kinds[attribute(reading.node, 'to', 'int') ?? 0] ?? 'whole');

export const castLike: Reader = (reading) => {
  const [, like] = reading.inputs;
  const constant = like && constantOf(like);
  const isFloat32 =
    like?.kind === 'computed' || like?.kind === 'sampled' || (constant && dataTypeOf(constant) === 'float32');
  return castTo(reading, isFloat32 ? 'float32' : 'whole');
};
