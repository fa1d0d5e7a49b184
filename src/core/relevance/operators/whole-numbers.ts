import { findBroadcastDims } from '../network/parameter.ts';
import { misfit, shapeText, unsupported, type Reader, type Reading, type Size, type Sizes } from './reading.ts';
import { indexOf, positionOf } from './sampled.ts';

// Constants that exporters leave to be computed: shapes, and the indices of windows where torch.export ran without its optimizer.

/** More numbers than shapes and indices of pooling windows have. */
const longestList = 2 ** 16;

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
  const real = isReal(reading, parts);
  const dims = parts.map((part) => part.dims).reduce((a, b) => broadcastDims(reading, a, b));
  const spread = parts.map((part) => broadcastSizes(reading, part, dims).sizes);
  const sizes = Array.from({ length: checkCount(reading, dims) }, (_, index) =>
    calculate(...spread.map((values) => values[index] ?? 0)),
  );
  return { kind: 'sizes', sizes, dims, real };
}

function broadcastDims(reading: Reading, a: readonly number[], b: readonly number[]): readonly number[] {
  const dims = findBroadcastDims(a, b);
  if (dims) return dims;
  throw misfit(reading, `it computes with lists of shapes ${shapeText(a)} and ${shapeText(b)}`);
}

/** Whether numbers that are taken together are floating-point: all of them or none. */
export function isReal(reading: Reading, parts: readonly Sizes[]): boolean {
  const reals = parts.filter((part) => part.real);
  if (reals.length === 0 || reals.length === parts.length) return reals.length > 0;
  throw misfit(reading, 'some of its numbers are whole and others floating-point');
}

/** How many numbers a constant of these dims has, where that is few enough to compute them here. */
export function checkCount(reading: Reading, dims: readonly number[]): number {
  const count = dims.reduce((a, b) => a * b, 1);
  if (count <= longestList) return count;
  throw unsupported(reading, 'it makes a constant that is no small shape');
}

/** Numbers repeated to a larger shape, which they fit. */
export function broadcastSizes(reading: Reading, part: Sizes, dims: readonly number[]): Sizes {
  const sizes = Array.from({ length: checkCount(reading, dims) }, (_, index) => {
    const position = positionOf(index, dims).slice(dims.length - part.dims.length);
    const from = position.map((at, axis) => (part.dims[axis] === 1 ? 0 : at));
    return part.sizes[indexOf(from, part.dims)] ?? 0;
  });
  return { ...part, sizes, dims };
}

type Calculate = (...values: readonly number[]) => number;

function calculated(reading: Reading, calculate: Calculate): Sizes {
  const parts = reading.inputs.map((_, index) => sizesInput(reading, index));
  return calculateSizes(reading, parts, (...values) => {
    const numbers = values.filter((value) => value !== 'batch');
    if (numbers.length < values.length) throw unsupported(reading, 'it computes with the batch size');
    return calculate(...numbers);
  });
}

const elementwise =
  (calculate: Calculate): Reader =>
  (reading) => ({ outputs: [calculated(reading, calculate)] });

/** Truths are no floating-point numbers, whatever they compare. */
const comparison =
  (compare: (a: number, b: number) => boolean): Reader =>
  (reading) => ({
    outputs: [{ ...calculated(reading, (a = NaN, b = NaN) => Number(compare(a, b))), real: false }],
  });

const range: Reader = (reading) => {
  const parts = [0, 1, 2].map((index) => sizesInput(reading, index));
  const [start = NaN, limit = NaN, step = NaN] = parts.map(({ sizes }) =>
    sizes.length === 1 ? Number(sizes[0]) : NaN,
  );
  const length = Math.max(0, Math.ceil((limit - start) / step));
  if (Number.isNaN(length)) throw unsupported(reading, 'it counts in a way that is not stored in the file');
  const sizes = Array.from({ length: checkCount(reading, [length]) }, (_, i) => start + i * step);
  return { outputs: [{ kind: 'sizes', sizes, dims: [length], real: isReal(reading, parts) }] };
};

/** Operators that are read only where all their inputs are known numbers. */
export const wholeNumberReaders: Readonly<Record<string, Reader>> = {
  Abs: elementwise((a = NaN) => Math.abs(a)),
  Floor: elementwise((a = NaN) => Math.floor(a)),
  GreaterOrEqual: comparison((a, b) => a >= b),
  Max: elementwise(Math.max),
  Min: elementwise(Math.min),
  Range: range,
  Sign: elementwise((a = NaN) => Math.sign(a)),
};
