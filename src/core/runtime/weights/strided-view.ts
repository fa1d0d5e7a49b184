/** Values of an array seen through dimensions and strides: transposed, cut or turned without being moved. */
export interface StridedView {
  readonly values: Float32Array;
  /** Where the first value lies. */
  readonly offset: number;
  readonly dims: readonly number[];
  /** Values between neighbours, per dimension; negative where a slice runs backwards, 0 where one value is repeated. */
  readonly strides: readonly number[];
}

/** One cut of an axis, as ONNX's Slice has it once its bounds are settled. */
export interface AxisRange {
  readonly axis: number;
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

export function countValues(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** An array in row-major order. */
export function viewOf(values: Float32Array, dims: readonly number[]): StridedView {
  return { values, offset: 0, dims, strides: rowMajor(dims) };
}

export function transposeView(view: StridedView, axes: readonly number[]): StridedView {
  const pick = (list: readonly number[]): number[] => axes.map((axis) => list[axis] ?? 1);
  return { ...view, dims: pick(view.dims), strides: pick(view.strides) };
}

export function sliceView(view: StridedView, { axis, start, step, count }: AxisRange): StridedView {
  const stride = view.strides[axis] ?? 1;
  return {
    values: view.values,
    offset: view.offset + start * stride,
    dims: view.dims.with(axis, count),
    strides: view.strides.with(axis, stride * step),
  };
}

/** Repeats axes of one value (and absent leading axes) up to the given dimensions, as ONNX's broadcasting does. */
export function broadcastView(view: StridedView, dims: readonly number[]): StridedView {
  const missing = dims.length - view.dims.length;
  const strides = dims.map((size, axis) => {
    const own = axis < missing ? 1 : (view.dims[axis - missing] ?? 1);
    return own === size ? (view.strides[axis - missing] ?? 0) : 0;
  });
  return { ...view, dims, strides };
}

/** The same values in the same order under other dimensions; undefined where they would have to be moved. */
export function reshapeView(view: StridedView, dims: readonly number[]): StridedView | undefined {
  const strides = findStrides(view, dims);
  return strides && { ...view, dims, strides };
}

/** The values where they already lie in row-major order. */
export function rowMajorValues(view: StridedView): Float32Array | undefined {
  return isRowMajor(view) ? view.values.subarray(view.offset, view.offset + countValues(view.dims)) : undefined;
}

function rowMajor(dims: readonly number[]): number[] {
  return dims.map((_, axis) => countValues(dims.slice(axis + 1)));
}

function isRowMajor({ dims, strides }: StridedView): boolean {
  const wanted = rowMajor(dims);
  return dims.every((size, axis) => size === 1 || strides[axis] === wanted[axis]);
}

/**
 * Strides under other dimensions: old and new axes are taken in runs of equally many values, and a run whose old axes follow
 * one another evenly can be parted anew. undefined where one does not.
 */
function findStrides(view: StridedView, dims: readonly number[]): number[] | undefined {
  const axes = view.dims.flatMap((size, axis) => (size === 1 ? [] : [{ size, stride: view.strides[axis] ?? 1 }]));
  const sizes = axes.map(({ size }) => size);
  const strides: number[] = [];
  for (let [axis, old] = [0, 0]; axis < dims.length;) {
    const [end, oldEnd] = findRun([dims, axis], [sizes, old]);
    const run = axes.slice(old, oldEnd);
    const last = run.at(-1)?.stride ?? 1;
    const even = rowMajor(run.map(({ size }) => size)).every((stride, index) => run[index]?.stride === stride * last);
    if (!even) return undefined;
    strides.push(...rowMajor(dims.slice(axis, end)).map((stride) => stride * last));
    [axis, old] = [end, oldEnd];
  }
  return strides;
}

type Start = readonly [dims: readonly number[], axis: number];

/** Where the shortest runs of equally many values end that start at these axes of two shapes. */
function findRun([dims, start]: Start, [oldDims, oldStart]: Start): readonly [number, number] {
  let [end, count] = [start + 1, dims[start] ?? 1];
  let [oldEnd, oldCount] = [oldStart, 1];
  while (oldCount !== count) {
    if (oldCount < count) oldCount *= oldDims[oldEnd++] ?? Infinity;
    else count *= dims[end++] ?? Infinity;
  }
  return [end, oldEnd];
}
