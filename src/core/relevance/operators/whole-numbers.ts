import { broadcastDims } from '../network/parameter.ts';
import { attribute, unsupported, type Known, type Reader, type Reading, type Size } from './reading.ts';
import { indexOf, positionOf } from './sampled.ts';

// Constants that exporters leave to be computed: shapes, and the indices of windows where torch.export ran without its optimizer.

export type Sizes = Extract<Known, { kind: 'sizes' }>;

/** More numbers than shapes and indices of pooling windows have. */
const MOST_NUMBERS = 1 << 16;

/** Sizes at an input, which must be known. */
export function sizesInput(reading: Reading, index: number): Sizes {
  const input = reading.inputs[index];
  if (input?.kind === 'sizes') return input;
  throw unsupported(reading, 'it computes a shape from pixel values');
}

/** Calculates number by number, the parts broadcast to one shape. */
export function calculateSizes(
  reading: Reading,
  parts: readonly Sizes[],
  calculate: (...values: readonly Size[]) => Size,
): Sizes {
  const dims = parts.map((part) => part.dims).reduce(broadcastDims);
  const count = checkedCount(reading, dims);
  const sizes = Array.from({ length: count }, (_, index) =>
    calculate(...parts.map((part) => part.sizes[broadcastIndex(index, dims, part.dims)] ?? 0)),
  );
  return { kind: 'sizes', sizes, dims, real: parts.some((part) => part.real) };
}

/** How many numbers a constant of these dims has, where that is few enough to compute them here. */
export function checkedCount(reading: Reading, dims: readonly number[]): number {
  const count = dims.reduce((a, b) => a * b, 1);
  if (dims.every((size) => size >= 0) && count <= MOST_NUMBERS) return count;
  throw unsupported(reading, 'it makes a constant that is no small shape');
}

function broadcastIndex(index: number, whole: readonly number[], part: readonly number[]): number {
  const position = positionOf(index, whole).slice(whole.length - part.length);
  return indexOf(
    position.map((at, axis) => (part[axis] === 1 ? 0 : at)),
    part,
  );
}

function elementwise(calculate: (...values: readonly number[]) => number): Reader {
  return (reading) => {
    const parts = reading.inputs.map((_, index) => sizesInput(reading, index));
    const result = calculateSizes(reading, parts, (...values) => {
      const numbers = values.filter((value) => value !== 'batch');
      if (numbers.length < values.length) throw unsupported(reading, 'it computes with the batch size');
      return calculate(...numbers);
    });
    return { outputs: [result] };
  };
}

const range: Reader = (reading) => {
  const [start = NaN, limit = NaN, step = NaN] = [0, 1, 2].map((index) => Number(sizesInput(reading, index).sizes[0]));
  const length = Math.max(0, Math.ceil((limit - start) / step));
  if (Number.isNaN(length)) throw unsupported(reading, 'it counts in a way that is not stored in the file');
  const sizes = Array.from({ length: checkedCount(reading, [length]) }, (_, i) => start + i * step);
  return { outputs: [{ kind: 'sizes', sizes, dims: [length] }] };
};

/** ONNX's TensorProto.DataType: float32, float16, float64, bfloat16. */
const realTypes: readonly number[] = [1, 10, 11, 16];

/** Constants and values keep what they are; of sizes it is kept whether a division leaves a fraction. */
export const cast: Reader = (reading) => castTo(reading, realTypes.includes(attribute(reading.node, 'to', 'int') ?? 0));

export const castLike: Reader = (reading) => {
  const [, like] = reading.inputs;
  return castTo(reading, like?.kind !== 'sizes' || like.real === true);
};

function castTo(reading: Reading, real: boolean): ReturnType<Reader> {
  const [input] = reading.inputs;
  if (!input) throw unsupported(reading, 'it has no input');
  if (input.kind !== 'sizes') return { outputs: [input] };
  const sizes = real ? input.sizes : input.sizes.map((size) => (size === 'batch' ? size : Math.trunc(size)));
  return { outputs: [{ ...input, sizes, real }] };
}

/** Operators that are read only where all their inputs are known numbers. */
export const wholeNumberReaders: Readonly<Record<string, Reader>> = {
  Abs: elementwise((a = NaN) => Math.abs(a)),
  Floor: elementwise((a = NaN) => Math.floor(a)),
  GreaterOrEqual: elementwise((a = NaN, b = NaN) => (a >= b ? 1 : 0)),
  Max: elementwise(Math.max),
  Min: elementwise(Math.min),
  Range: range,
  Sign: elementwise((a = NaN) => Math.sign(a)),
};
