import { reshapeParameter } from '../network/parameter.ts';
import type { Shape } from '../network/network.ts';
import {
  attribute,
  axisOf,
  computedInput,
  computes,
  computesFrom,
  misfit,
  numbersInput,
  shapeText,
  unsupported,
  type Reader,
  type Reading,
  type Size,
  type Sizes,
} from './reading.ts';
import { checkCount, isReal } from './whole-numbers.ts';

/** The same numbers in a new shape; a reshaped constant stays a constant. */
function reshaped(reading: Reading, target: (shape: Shape) => Shape): ReturnType<Reader> {
  const input = reading.inputs[0];
  if (input?.kind === 'parameter') {
    const dims = target(input.parameter.dims).filter((size) => size !== 'batch');
    return { outputs: [{ kind: 'parameter', parameter: reshapeParameter(input.parameter, dims) }] };
  }
  if (input?.kind === 'sizes') {
    const dims = target(input.dims).filter((size) => size !== 'batch');
    return { outputs: [{ ...input, dims }] };
  }
  const { shape } = computedInput(reading, 0);
  return computes(reading, { kind: 'reshape' }, target(shape));
}

/** The product of sizes, the batch size kept apart. */
function elements(sizes: readonly Size[]): number {
  return sizes.reduce<number>((product, size) => (size === 'batch' ? product : product * size), 1);
}

export const flatten: Reader = (reading) => {
  const axis = attribute(reading.node, 'axis', 'int') ?? 1;
  return reshaped(reading, (shape) => {
    const at = axis < 0 ? axis + shape.length : axis;
    if (at !== 1) throw unsupported(reading, `it flattens from axis ${String(axis)}, across the batch`);
    return [shape[0] ?? 'batch', elements(shape.slice(1))];
  });
};

export const reshape: Reader = (reading) => {
  const [, target] = reading.inputs;
  const sizes = target?.kind === 'sizes' && !target.real ? target.sizes : undefined;
  if (!sizes) throw unsupported(reading, 'its target shape is computed from pixel values');
  if (attribute(reading.node, 'allowzero', 'int') === 1 && sizes.includes(0))
    throw unsupported(reading, 'allowzero is set and its target shape holds a zero');
  return reshaped(reading, (shape) => resolveReshape(reading, shape, sizes));
};

function resolveReshape(reading: Reading, shape: Shape, sizes: readonly Size[]): Shape {
  const copied = sizes.map((size, i) => (size === 0 ? (shape[i] ?? 0) : size));
  // A batch axis fixed to 1 in the file becomes free again: the first axis of a picture batch is always the batch.
  const first =
    shape[0] === 'batch' && copied[0] !== 'batch' && copied.length > 1 ? leadingBatch(shape, copied) : copied;
  const missing = first.indexOf(-1);
  if (missing < 0) return checkReshape(reading, shape, first);
  const others = first.filter((size) => size !== -1);
  const batchThere = shape.includes('batch') && !others.includes('batch');
  const rest = elements(shape) / elements(others);
  if (!Number.isInteger(rest)) throw misfit(reading, `shape ${shapeText(shape)} cannot become ${shapeText(first)}`);
  const filled = first.map((size, i) => (i === missing ? (batchThere ? 'batch' : rest) : size));
  if (batchThere && rest !== 1) throw unsupported(reading, 'it mixes the batch with other axes');
  return checkReshape(reading, shape, filled);
}

function leadingBatch(shape: Shape, sizes: readonly Size[]): Size[] {
  const rest = sizes.slice(1);
  const fits = rest.includes(-1) || elements(rest) === elements(shape);
  const freed = sizes[0] === 1 || (sizes[0] === -1 && elements(rest) === elements(shape));
  return fits && freed ? ['batch', ...rest] : [...sizes];
}

function checkReshape(reading: Reading, shape: Shape, target: readonly Size[]): Shape {
  if (elements(shape) !== elements(target) || shape.includes('batch') !== target.includes('batch')) {
    throw misfit(reading, `shape ${shapeText(shape)} cannot become ${shapeText(target)}`);
  }
  return target;
}

export const squeeze: Reader = (reading) => {
  const axes = axesInput(reading);
  return reshaped(reading, (shape) => {
    const dropped = axes?.map((axis) => axisOf(reading, axis, shape.length));
    if (dropped?.some((axis) => shape[axis] !== 1))
      throw misfit(reading, `axes ${shapeText(dropped)} of shape ${shapeText(shape)} are not all 1 long`);
    return shape.filter((size, i) => (dropped ? !dropped.includes(i) : size !== 1));
  });
};

export const unsqueeze: Reader = (reading) => {
  const axes = axesInput(reading) ?? [];
  return reshaped(reading, (shape) => {
    const rank = shape.length + axes.length;
    const added = new Set(axes.map((axis) => axisOf(reading, axis, rank)));
    if (added.size < axes.length) throw misfit(reading, `it names an axis twice in ${shapeText(axes)}`);
    const rest = [...shape];
    return Array.from({ length: rank }, (_, i): Size => (added.has(i) ? 1 : (rest.shift() ?? 1)));
  });
};

/** Axes are an attribute before opset 13 and an input since. */
function axesInput(reading: Reading): readonly number[] | undefined {
  return numbersInput(reading, 1) ?? attribute(reading.node, 'axes', 'ints');
}

export const concat: Reader = (reading) => {
  const axis = attribute(reading.node, 'axis', 'int') ?? 0;
  const known = reading.inputs.flatMap((input) => (input?.kind === 'sizes' ? [input] : []));
  if (known.length === reading.inputs.length) return { outputs: [joinedSizes(reading, known, axis)] };
  const parts = reading.inputs.map((_, index) => computedInput(reading, index));
  const shape = parts[0]?.shape ?? [];
  const at = axisOf(reading, axis, shape.length);
  if (at === 0) throw unsupported(reading, 'it joins values along the batch');
  checkSides(
    reading,
    parts.map((part) => part.shape),
    at,
  );
  const joined = parts.reduce((sum, part) => sum + Number(part.shape[at]), 0);
  const whole = shape.map((size, i) => (i === at ? joined : size));
  const inputs = parts.map((part) => part.name);
  return computesFrom(reading, { kind: 'concat', axis: at }, { shape: whole, inputs });
};

/** Joined values are alike but along the axis they are joined on. */
function checkSides(reading: Reading, shapes: readonly Shape[], axis: number): void {
  const sides = shapes.map((shape) => shape.map((size, i) => (i === axis ? '' : size)).join());
  if (sides.some((side) => side !== sides[0]))
    throw misfit(reading, `it joins ${shapes.map(shapeText).join(' and ')} along axis ${String(axis)}`);
}

/** Numbers joined along an axis: row by row, what each part has of it. */
function joinedSizes(reading: Reading, parts: readonly Sizes[], axis: number): Sizes {
  const dims = parts[0]?.dims ?? [];
  const at = axisOf(reading, axis, dims.length);
  checkSides(
    reading,
    parts.map((part) => part.dims),
    at,
  );
  const joined = parts.reduce((sum, part) => sum + (part.dims[at] ?? 1), 0);
  const whole = dims.map((size, i) => (i === at ? joined : size));
  checkCount(reading, whole);
  const rows = dims.slice(0, at).reduce((a, b) => a * b, 1);
  const sizes = Array.from({ length: rows }, (_, row) =>
    parts.flatMap((part) => {
      const width = part.sizes.length / rows;
      return part.sizes.slice(row * width, (row + 1) * width);
    }),
  );
  return { kind: 'sizes', sizes: sizes.flat(), dims: whole, real: isReal(reading, parts) };
}
