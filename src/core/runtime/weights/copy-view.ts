import { clamp, positivePart } from './positive-part.ts';
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
  copyBlocks(source, target, copyOfEights);
}

/** The positive parts of the values in row-major order, in room that is taken for them. */
export function copyPositiveParts(view: StridedView, take: (count: number) => Float32Array): StridedView {
  const copy = viewOf(take(countValues(view.dims)), view.dims);
  const isClamped = copyBlocks(view, copy, copyPositiveEights);
  if (!isClamped) clamp(copy.values, copy.values);
  return copy;
}

function copyBlocks(source: StridedView, target: StridedView, copyEights: typeof copyOfEights): boolean {
  if (countValues(source.dims) === 0) return true;
  const { outer, block } = partAxes(joinAxes(source, target));
  const isOfEights = block[2].count === 8;
  const copy = isOfEights ? copyEights : copyOfRows;
  const steps = outer.map(() => 0);
  for (let [from, to] = [source.offset, target.offset]; ;) {
    copy(source.values, target.values, { block, from, to });
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
    if (axis < 0) return isOfEights;
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

/** The three innermost axes: where the time goes. */
type Block = readonly [planes: Axis, rows: Axis, columns: Axis];

interface Walk {
  readonly outer: readonly Axis[];
  readonly block: Block;
}

/** The order of all but the last two axes is free; with the longest step outermost the source is read from end to end. */
function partAxes(axes: readonly Axis[]): Walk {
  const outer = axes.slice(0, -2).sort((a, b) => Math.abs(b.from) - Math.abs(a.from));
  const [rows, columns] = [axes.at(-2) ?? single, axes.at(-1) ?? single];
  const { count, from, to } = columns;
  // Channels lie together in eights or sixteens in a blocked layout.
  if (count === 16) return { outer, block: [{ count: 2, from: 8 * from, to: 8 * to }, rows, { count: 8, from, to }] };
  return { outer: outer.slice(0, -1), block: [outer.at(-1) ?? single, rows, columns] };
}

interface Place {
  readonly block: Block;
  readonly from: number;
  readonly to: number;
}

function copyOfRows(source: Float32Array, target: Float32Array, { block, from, to }: Place): void {
  const [planes, rows, columns] = block;
  const { count: columnCount, from: columnFrom, to: columnTo } = columns;
  for (let plane = 0; plane < planes.count; plane++) {
    for (let row = 0; row < rows.count; row++) {
      let sourceAt = from + plane * planes.from + row * rows.from;
      let targetAt = to + plane * planes.to + row * rows.to;
      for (let column = 0; column < columnCount; column++) {
        target[targetAt] = source[sourceAt] ?? 0;
        sourceAt += columnFrom;
        targetAt += columnTo;
      }
    }
  }
}

/** Rows of eight values, written out: a loop over so few takes two to three times as long. */
function copyOfEights(source: Float32Array, target: Float32Array, { block, from, to }: Place): void {
  const [planes, rows, { from: a, to: b }] = block;
  const most = rowsAtOnce(block);
  for (let first = 0; first < rows.count; first += most) {
    const count = Math.min(most, rows.count - first);
    for (let plane = 0; plane < planes.count; plane++) {
      let s = from + plane * planes.from + first * rows.from;
      let t = to + plane * planes.to + first * rows.to;
      for (let row = 0; row < count; row++) {
        target[t] = source[s] ?? 0;
        target[t + b] = source[s + a] ?? 0;
        target[t + 2 * b] = source[s + 2 * a] ?? 0;
        target[t + 3 * b] = source[s + 3 * a] ?? 0;
        target[t + 4 * b] = source[s + 4 * a] ?? 0;
        target[t + 5 * b] = source[s + 5 * a] ?? 0;
        target[t + 6 * b] = source[s + 6 * a] ?? 0;
        target[t + 7 * b] = source[s + 7 * a] ?? 0;
        s += rows.from;
        t += rows.to;
      }
    }
  }
}

/** The same, of positive parts. Written out again, so that the plain copy has no question to ask of each value. */
function copyPositiveEights(source: Float32Array, target: Float32Array, { block, from, to }: Place): void {
  const [planes, rows, { from: a, to: b }] = block;
  const most = rowsAtOnce(block);
  for (let first = 0; first < rows.count; first += most) {
    const count = Math.min(most, rows.count - first);
    for (let plane = 0; plane < planes.count; plane++) {
      let s = from + plane * planes.from + first * rows.from;
      let t = to + plane * planes.to + first * rows.to;
      for (let row = 0; row < count; row++) {
        target[t] = positivePart(source[s] ?? 0);
        target[t + b] = positivePart(source[s + a] ?? 0);
        target[t + 2 * b] = positivePart(source[s + 2 * a] ?? 0);
        target[t + 3 * b] = positivePart(source[s + 3 * a] ?? 0);
        target[t + 4 * b] = positivePart(source[s + 4 * a] ?? 0);
        target[t + 5 * b] = positivePart(source[s + 5 * a] ?? 0);
        target[t + 6 * b] = positivePart(source[s + 6 * a] ?? 0);
        target[t + 7 * b] = positivePart(source[s + 7 * a] ?? 0);
        s += rows.from;
        t += rows.to;
      }
    }
  }
}

/**
 * Where planes lie side by side in the source, eight rows of each at a time: neighbouring planes share the lines of memory that
 * these rows brought in. Otherwise a plane is read from end to end.
 */
function rowsAtOnce([planes, rows]: Block): number {
  return Math.abs(planes.from) < Math.abs(rows.from) ? 8 : rows.count;
}
