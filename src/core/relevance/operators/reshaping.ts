import { reshapeParameter } from '../network/parameter.ts';
import type { Shape } from '../network/network.ts';
import {
  attribute,
  computedInput,
  computes,
  computesFrom,
  unsupported,
  type Known,
  type Reader,
  type Reading,
  type Size,
} from './reading.ts';
import type { Sizes } from './whole-numbers.ts';

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
  const sizes = sizesInput(reading, 1);
  if (!sizes) throw unsupported(reading, 'its target shape is computed from pixel values');
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
    throw unsupported(reading, `shape [${shape.join(', ')}] cannot become [${target.join(', ')}]`);
  }
  return target;
}

export const squeeze: Reader = (reading) => {
  const axes = axesOf(reading);
  return reshaped(reading, (shape) => {
    const drop = (axes ?? shape.flatMap((size, i) => (size === 1 ? [i] : []))).map((a) =>
      a < 0 ? a + shape.length : a,
    );
    return shape.filter((_, i) => !drop.includes(i));
  });
};

export const unsqueeze: Reader = (reading) => {
  const axes = axesOf(reading) ?? [];
  return reshaped(reading, (shape) => {
    const rank = shape.length + axes.length;
    const added = axes.map((a) => (a < 0 ? a + rank : a));
    const rest = [...shape];
    return Array.from({ length: rank }, (_, i): Size => (added.includes(i) ? 1 : (rest.shift() ?? 1)));
  });
};

/** Axes are an attribute before opset 13 and an input since. */
function axesOf(reading: Reading): readonly number[] | undefined {
  return sizesInput(reading, 1)?.filter((size) => size !== 'batch') ?? attribute(reading.node, 'axes', 'ints');
}

function sizesInput(reading: Reading, index: number): readonly Size[] | undefined {
  const input: Known | undefined = reading.inputs[index];
  return input?.kind === 'sizes' ? input.sizes : undefined;
}

export const concat: Reader = (reading) => {
  const axis = attribute(reading.node, 'axis', 'int') ?? 0;
  const known = reading.inputs.flatMap((input) => (input?.kind === 'sizes' ? [input] : []));
  if (known.length === reading.inputs.length) return { outputs: [joinedSizes(known, axis)] };
  const parts = reading.inputs.map((_, index) => computedInput(reading, index));
  const shape = parts[0]?.shape ?? [];
  const at = axis < 0 ? axis + shape.length : axis;
  if (at === 0) throw unsupported(reading, 'it joins values along the batch');
  const joined = parts.reduce((sum, part) => sum + Number(part.shape[at]), 0);
  const whole = shape.map((size, i) => (i === at ? joined : size));
  const inputs = parts.map((part) => part.name);
  return computesFrom(reading, { kind: 'concat', axis: at }, { shape: whole, inputs });
};

/** Whole numbers joined along an axis: row by row, what each part has of it. */
function joinedSizes(parts: readonly Sizes[], axis: number): Sizes {
  const dims = parts[0]?.dims ?? [];
  const at = axis < 0 ? axis + dims.length : axis;
  const rows = dims.slice(0, at).reduce((a, b) => a * b, 1);
  const joined = parts.reduce((sum, part) => sum + (part.dims[at] ?? 1), 0);
  const sizes = Array.from({ length: rows }, (_, row) =>
    parts.flatMap((part) => {
      const width = part.sizes.length / rows;
      return part.sizes.slice(row * width, (row + 1) * width);
    }),
  );
  return { kind: 'sizes', sizes: sizes.flat(), dims: dims.map((size, i) => (i === at ? joined : size)) };
}
