import { countValues, viewOf, type StridedView } from './strided-view.ts';

/** An axis as a copy walks it: how many steps, and how far each goes in source and target. */
interface Axis {
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

const single: Axis = { count: 1, from: 0, to: 0 };

/** Copies values from one view to another of the same dimensions. */
export function copyView(source: StridedView, target: StridedView): void {
  if (countValues(source.dims) === 0) return;
  const axes = joinAxes(source, target);
  // The order of outer axes is free; with the longest step outermost the source is read from end to end.
  const outer = axes.slice(0, -2).sort((a, b) => Math.abs(b.from) - Math.abs(a.from));
  const plane = [axes.at(-2) ?? single, axes.at(-1) ?? single] as const;
  const steps = outer.map(() => 0);
  for (let [from, to] = [source.offset, target.offset]; ;) {
    copyPlane(source.values, target.values, { plane, from, to });
    // The next place of the outer axes, the last of them first.
    let axis = outer.length - 1;
    for (; axis >= 0; axis--) {
      const { count, from: stepFrom, to: stepTo } = outer[axis] ?? single;
      const step = (steps[axis] ?? 0) + 1;
      const back = step === count ? step - 1 : -1;
      steps[axis] = back < 0 ? step : 0;
      from -= back * stepFrom;
      to -= back * stepTo;
      if (back < 0) break;
    }
    if (axis < 0) return;
  }
}

/** The values in row-major order, in room that is taken for them. */
export function copyRowMajor(view: StridedView, take: (count: number) => Float32Array): StridedView {
  const copy = viewOf(take(countValues(view.dims)), view.dims);
  copyView(view, copy);
  return copy;
}

/** The axes of two views without those of one value, and joined where both go on evenly from one to the next. */
function joinAxes(source: StridedView, target: StridedView): readonly Axis[] {
  const joined: Axis[] = [];
  for (const [axis, count] of source.dims.entries()) {
    const next = { count, from: source.strides[axis] ?? 0, to: target.strides[axis] ?? 0 };
    const last = joined.at(-1);
    if (count === 1) continue;
    if (last?.from === next.from * count && last.to === next.to * count) {
      joined[joined.length - 1] = { ...next, count: last.count * count };
    } else joined.push(next);
  }
  return joined;
}

interface Plane {
  readonly plane: readonly [Axis, Axis];
  readonly from: number;
  readonly to: number;
}

/** The two innermost axes: where the time goes. */
function copyPlane(source: Float32Array, target: Float32Array, { plane, from, to }: Plane): void {
  const [rows, columns] = plane;
  const { count: rowCount, from: rowFrom, to: rowTo } = rows;
  const { count: columnCount, from: columnFrom, to: columnTo } = columns;
  for (let row = 0; row < rowCount; row++) {
    let sourceAt = from + row * rowFrom;
    let targetAt = to + row * rowTo;
    for (let column = 0; column < columnCount; column++) {
      target[targetAt] = source[sourceAt] ?? 0;
      sourceAt += columnFrom;
      targetAt += columnTo;
    }
  }
}
