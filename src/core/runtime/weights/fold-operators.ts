import type { Node } from '#core/onnx/index.ts';
import { copyPositiveParts, copyRowMajor, copyView } from './copy-view.ts';
import { clamp, positivePart } from './positive-part.ts';
import {
  broadcastView,
  countValues,
  reshapeView,
  sliceView,
  rowMajorValues,
  transposeView,
  viewOf,
  type AxisRange,
  type StridedView,
} from './strided-view.ts';

type Dims = readonly number[];

/** A node whose inputs are all constants: weights, and lists of integers for shapes and bounds, each in order. */
export interface ConstantNode<Weight> {
  readonly node: Node;
  readonly weights: readonly Weight[];
  readonly integers: readonly Dims[];
}

/** Room for values: what a node results in, and what it needs on the way. */
export interface Room {
  readonly result: (count: number) => Float32Array;
  readonly scratch: (count: number) => Float32Array;
}

type Folding = ConstantNode<StridedView> & { readonly first: StridedView; readonly room: Room };

/** How an operator on weights is computed, and before that, what dimensions its result has. */
export interface FoldOperator {
  /** undefined where this form of the operator is not computed here. */
  readonly dims: (constant: ConstantNode<Dims> & { readonly first: Dims }) => Dims | undefined;
  readonly fold: (folding: Folding) => StridedView;
}

/** The operators that weight forms, filter layouts and merged batch norms are written in. */
export const foldOperators: Readonly<Record<string, FoldOperator>> = {
  Add: binary((a, b, { result, step }) => {
    for (let i = 0, j = 0; i < result.length; i++, j += step) result[i] = at(a, i) + at(b, j);
  }),
  Sub: binary((a, b, { result, step }) => {
    for (let i = 0, j = 0; i < result.length; i++, j += step) result[i] = at(a, i) - at(b, j);
  }),
  Mul: binary((a, b, { result, step }) => {
    for (let i = 0, j = 0; i < result.length; i++, j += step) result[i] = at(a, i) * at(b, j);
  }),
  Div: binary((a, b, { result, step }) => {
    for (let i = 0, j = 0; i < result.length; i++, j += step) result[i] = at(a, i) / at(b, j);
  }),
  Min: binary((a, b, { result, step }) => {
    for (let i = 0, j = 0; i < result.length; i++, j += step) result[i] = smaller(at(a, i), at(b, j));
  }),
  Relu: {
    dims: ({ first }) => first,
    fold: ({ first, room }) => foldClamp(first, room),
  },
  Sqrt: unary((a, result) => {
    for (let i = 0; i < result.length; i++) result[i] = Math.sqrt(at(a, i));
  }),
  Pad: {
    dims: ({ first, integers: [pads], weights }) =>
      pads?.length === 2 * first.length && weights.length === 1 && pads.every((amount) => amount >= 0)
        ? first.map((size, axis) => size + (pads[axis] ?? 0) + (pads[axis + first.length] ?? 0))
        : undefined,
    fold: ({ first, integers: [pads = []], room }) => pad(first, pads, room),
  },
  Reshape: {
    dims: ({ first, integers: [dims = []] }) =>
      dims.every((size) => size > 0) && countValues(dims) === countValues(first) ? dims : undefined,
    fold: ({ first, integers: [dims = []], room }) =>
      reshapeView(first, dims) ?? viewOf(copyRowMajor(first, room.result).values, dims),
  },
  Slice: {
    dims: ({ first, integers }) =>
      sliceRanges(first, integers)?.reduce((dims, { axis, count }) => dims.with(axis, count), first),
    fold: ({ first, integers }) => (sliceRanges(first.dims, integers) ?? []).reduce(sliceView, first),
  },
  Transpose: {
    dims: ({ node, first }) => permutation(node)?.map((axis) => first[axis] ?? 1),
    fold: ({ node, first }) => transposeView(first, permutation(node) ?? []),
  },
};

/** A view is clamped while it is copied: once through memory instead of twice. */
function foldClamp(view: StridedView, room: Room): StridedView {
  const values = rowMajorValues(view);
  if (!values) return copyPositiveParts(view, room.result);
  const result = room.result(values.length);
  clamp(values, result);
  return viewOf(result, view.dims);
}

function smaller(value: number, limit: number): number {
  return limit === 0 ? 0 - positivePart(-value) : Math.min(value, limit);
}

/** Values beyond an array's end count as 0, as they never are. */
function at(values: Float32Array, index: number): number {
  return values[index] ?? 0;
}

/** Loops are written out for each operator: one that calls it for every value takes four times as long. */
type UnaryLoop = (a: Float32Array, result: Float32Array) => void;

/** step: 0 where b is one value for all. */
type BinaryLoop = (
  a: Float32Array,
  b: Float32Array,
  target: { readonly result: Float32Array; readonly step: 0 | 1 },
) => void;

function unary(loop: UnaryLoop): FoldOperator {
  return {
    dims: ({ first }) => first,
    fold: ({ first, room }) => {
      const result = room.result(countValues(first.dims));
      loop(toRowMajor(first, room.scratch), result);
      return viewOf(result, first.dims);
    },
  };
}

/** The second input has the first one's dimensions, or is broadcast to them. */
function binary(loop: BinaryLoop): FoldOperator {
  return {
    dims: ({ first, weights: [, second] }) => (second && isBroadcastTo(second, first) ? first : undefined),
    fold: ({ first, weights: [, second = first], room }) => {
      const isScalar = countValues(second.dims) === 1;
      const result = room.result(countValues(first.dims));
      const b = toRowMajor(isScalar ? second : broadcastView(second, first.dims), room.scratch);
      loop(toRowMajor(first, room.scratch), b, { result, step: isScalar ? 0 : 1 });
      return viewOf(result, first.dims);
    },
  };
}

/** The values in row-major order: the view's own array where they already lie so, else a copy. */
function toRowMajor(view: StridedView, take: Room['result']): Float32Array {
  return rowMajorValues(view) ?? copyRowMajor(view, take).values;
}

function isBroadcastTo(dims: Dims, target: Dims): boolean {
  const missing = target.length - dims.length;
  return missing >= 0 && dims.every((size, axis) => size === 1 || size === target[axis + missing]);
}

/** [before of each axis, after of each axis], filled with zeros. */
function pad(view: StridedView, pads: Dims, room: Room): StridedView {
  const rank = view.dims.length;
  const dims = view.dims.map((size, axis) => size + (pads[axis] ?? 0) + (pads[axis + rank] ?? 0));
  const target = viewOf(room.result(countValues(dims)).fill(0), dims);
  const inner = view.dims.reduce(
    (part, count, axis) => sliceView(part, { axis, start: pads[axis] ?? 0, step: 1, count }),
    target,
  );
  copyView(view, inner);
  return target;
}

function permutation({ attributes }: Node): Dims | undefined {
  const axes = attributes.get('perm');
  return axes?.kind === 'ints' ? axes.value : undefined;
}

/** starts, ends, axes and steps as Slice has them; undefined where they are not all there. */
function sliceRanges(dims: Dims, [starts, ends, axes, steps]: readonly Dims[]): readonly AxisRange[] | undefined {
  if (!starts || !ends || !axes || !steps) return undefined;
  return axes.map((axis, index) =>
    sliceRange({ axis, size: dims[axis] ?? 1 }, [starts[index] ?? 0, ends[index] ?? 0, steps[index] ?? 1]),
  );
}

function sliceRange(
  { axis, size }: { axis: number; size: number },
  [from, to, step]: readonly [number, number, number],
): AxisRange {
  const settle = (bound: number): number => (bound < 0 ? bound + size : bound);
  const clamp = (bound: number, low: number, high: number): number => Math.min(Math.max(bound, low), high);
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const start = clamp(settle(from), low, high);
  const end = clamp(settle(to), low, high);
  return { axis, start, step, count: Math.max(0, Math.ceil((end - start) / step)) };
}
