import { constantNumbers } from './constants.ts';
import { findWindows } from './find-windows.ts';
import {
  attribute,
  axisOf,
  computesFrom,
  misfit,
  numbersInput,
  shapeText,
  unsupported,
  type Known,
  type Reader,
  type ReadNode,
  type Reading,
} from './reading.ts';
import {
  addSums,
  changeSums,
  placeAxes,
  placeAxisAt,
  rearrange,
  samplePicture,
  scaleSum,
  sumOverAxes,
  type PlaceSum,
  type Sampled,
  type SampledAxis,
} from './sampled.ts';
import { sizesInput } from './whole-numbers.ts';

// torch.export writes AdaptiveAvgPool2d whose sizes do not divide as Transpose, GatherND and Transpose (every window laid out as
// two axes), Where (zero where a window is shorter than the longest), then either ReduceMean, or Gather, Add and Div.

/** Any kind of input that takes part in sampling a picture: the picture itself or what earlier nodes made of it. */
export function sampledInput(reading: Reading, index: number): Sampled | undefined {
  const input = reading.inputs[index];
  if (input?.kind === 'sampled') return input;
  return input?.kind === 'computed' ? samplePicture(input) : undefined;
}

/** The value so far; windows are complete only once they are averaged (`pooled`). */
function sampledOutput(reading: Reading, sampled: Sampled | undefined): ReadNode {
  if (!sampled) throw unsupported(reading, 'it takes a value apart in a way that is no pooling');
  return { outputs: [sampled] };
}

/** The pool an averaged value is, or the value so far. */
function pooledOutput(reading: Reading, sampled: Sampled | undefined): ReadNode {
  const pool = sampled && findWindows(sampled);
  if (!pool) return sampledOutput(reading, sampled);
  const { name, shape } = sampled.source;
  return computesFrom(reading, pool, {
    shape: ['batch', shape[1] ?? 0, pool.rows.length, pool.columns.length],
    inputs: [name],
  });
}

export function transposedSample(reading: Reading, sampled: Sampled, order: readonly number[]): ReadNode {
  const moved = order.map((from) => sampled.axes[from] ?? 0);
  const placeOrder = order.map((from) => placeAxisAt(sampled, from)).filter((from) => from !== undefined);
  const back = (position: readonly number[]): number[] =>
    placeOrder.map((_, i) => position[placeOrder.indexOf(i)] ?? 0);
  return sampledOutput(reading, rearrange(sampled, moved, back));
}

/** GatherND: each row of the indices is a position on the first axes. */
export const gatherND: Reader = (reading) => {
  const sampled = sampledInput(reading, 0);
  const indices = sizesInput(reading, 1);
  const values = numbersInput(reading, 1) ?? [];
  if (!sampled || (attribute(reading.node, 'batch_dims', 'int') ?? 0) !== 0)
    throw unsupported(reading, 'only stored indices into a value of known height and width are supported');
  const depth = indices.dims.at(-1) ?? 0;
  const dims = indices.dims.slice(0, -1);
  const replaced = sampled.axes.slice(0, depth);
  if (depth < 1 || placeAxes(replaced).length !== depth) throw unsupported(reading, 'it picks pictures or channels');
  const find = (position: readonly number[]): number[] => {
    const row = position.slice(0, dims.length).reduce((at, place, i) => at * (dims[i] ?? 1) + place, 0);
    const picked = values.slice(row * depth, (row + 1) * depth);
    return [...picked.map((at, i) => fromEnd(at, replaced[i])), ...position.slice(dims.length)];
  };
  return sampledOutput(reading, rearrange(sampled, [...dims, ...sampled.axes.slice(depth)], find));
};

/** Gather of one index or of a list along an axis of places. */
export function gatheredSample(reading: Reading, sampled: Sampled): ReadNode {
  const index = sizesInput(reading, 1);
  const values = numbersInput(reading, 1) ?? [];
  const at = axisOf(reading, attribute(reading.node, 'axis', 'int') ?? 0, sampled.axes.length);
  const place = placeAxisAt(sampled, at);
  if (place === undefined || index.dims.length > 1)
    throw unsupported(reading, 'only stored indices along height or width are supported');
  const axes = [...sampled.axes.slice(0, at), ...index.dims, ...sampled.axes.slice(at + 1)];
  const find = (position: readonly number[]): number[] => {
    const picked = values[index.dims.length === 0 ? 0 : (position[place] ?? 0)] ?? -1;
    return [
      ...position.slice(0, place),
      fromEnd(picked, sampled.axes[at]),
      ...position.slice(place + index.dims.length),
    ];
  };
  return sampledOutput(reading, rearrange(sampled, axes, find));
}

const fromEnd = (index: number, size: SampledAxis | undefined): number => (index < 0 ? index + Number(size) : index);

/** Where sets zero what a stored mask chooses: the ends of windows shorter than the longest. */
export const where: Reader = (reading) => {
  const { dims } = sizesInput(reading, 0);
  const values = numbersInput(reading, 0) ?? [];
  const [chosen, other] = [1, 2].map((index) => reading.inputs[index]);
  const [sampled, zero, zeroed] = chosen?.kind === 'sampled' ? [chosen, other, 0] : [other, chosen, 1];
  if (sampled?.kind !== 'sampled' || !isZero(zero))
    throw unsupported(reading, 'only a stored mask that sets parts of pooling windows to zero is supported');
  const nothing: PlaceSum = new Map();
  const isZeroed = (value: number): boolean => (value === 0) === (zeroed === 0);
  return sampledOutput(
    reading,
    changeSums(sampled, { values, dims }, (sum, value) => (isZeroed(value) ? nothing : sum)),
  );
};

function isZero(known: Known | undefined): boolean {
  const values = constantNumbers(known)?.values;
  return values?.length === 1 && values[0] === 0;
}

/** The sum of two parts of one value. */
export function addedSamples(reading: Reading, [a, b]: readonly [Sampled, Sampled]): ReadNode {
  const alike = a.source.name === b.source.name && a.axes.join() === b.axes.join();
  const sums = a.sums.map((sum, i) => addSums(sum, b.sums[i] ?? new Map()));
  return sampledOutput(reading, alike ? { ...a, sums } : undefined);
}

/** Mul or Div by a stored number or by one number per place. */
export function scaledSample(reading: Reading, sampled: Sampled, constant: Known): ReadNode {
  const numbers = constantNumbers(constant);
  const factorOf = (value: number): number => (reading.node.operator === 'Div' ? 1 / value : value);
  const scaled = numbers && changeSums(sampled, numbers, (sum, value) => scaleSum(sum, factorOf(value)));
  return pooledOutput(reading, scaled);
}

/** The mean over axes of places. */
export function averagedSample(reading: Reading, sampled: Sampled, axes: readonly number[]): ReadNode {
  const averaged = axes.map((axis) => axisOf(reading, axis, sampled.axes.length));
  const lengths = averaged.map((axis) => sampled.axes[axis]);
  if (new Set(averaged).size < axes.length) throw misfit(reading, `it names an axis twice in ${shapeText(axes)}`);
  if (axes.length === 0 || lengths.some((length) => typeof length !== 'number'))
    throw unsupported(reading, 'only the mean over height and width is supported');
  const count = lengths.reduce<number>((product, length) => product * Number(length), 1);
  const keep = (attribute(reading.node, 'keepdims', 'int') ?? 1) === 1;
  const total = sumOverAxes(sampled, averaged, keep);
  return pooledOutput(reading, { ...total, sums: total.sums.map((sum) => scaleSum(sum, 1 / count)) });
}
