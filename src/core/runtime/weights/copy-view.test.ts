import { describe, expect, test } from 'vitest';
import { copyPositiveParts, copyRowMajor } from './copy-view.ts';
import { countValues, reshapeView, sliceView, transposeView, viewOf, type StridedView } from './strided-view.ts';

/** Every value by its place, one at a time. */
function walk({ values, offset, dims, strides }: StridedView): number[] {
  return Array.from({ length: countValues(dims) }, (_, place) => {
    let [at, rest] = [offset, place];
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      at += (rest % (dims[axis] ?? 1)) * (strides[axis] ?? 0);
      rest = Math.floor(rest / (dims[axis] ?? 1));
    }
    return values[at] ?? NaN;
  });
}

/** The same view of values of which every third is negative, and some are zero. */
function signed(view: StridedView): StridedView {
  return { ...view, values: view.values.map((value) => (value % 3 === 0 ? -value : value % 7 === 0 ? 0 : value)) };
}

interface Filter {
  readonly out: number;
  readonly in: number;
  readonly kernel: number;
  /** Channels that lie together. */
  readonly block: number;
}

/** A filter laid out in blocks of channels, as the forward pass takes it, or turned, as relevance goes back through it. */
function layOut({ out, in: channels, kernel, block }: Filter, isTurned: boolean): StridedView {
  const stored = viewOf(
    Float32Array.from({ length: out * channels * kernel ** 2 }, (_, i) => i),
    [out, channels, kernel, kernel],
  );
  const parted = reshapeView(stored, [out / block, block, channels / block, block, kernel, kernel]) ?? stored;
  if (!isTurned) return transposeView(parted, [0, 2, 4, 5, 3, 1]);
  return [2, 3].reduce(
    (view, axis) => sliceView(view, { axis, start: kernel - 1, step: -1, count: kernel }),
    transposeView(parted, [2, 0, 4, 5, 1, 3]),
  );
}

describe('copies of views have the values of a walk one by one', () => {
  const filters: readonly Filter[] = [4, 8, 16, 32].flatMap((block) =>
    [1, 3].map((kernel) => ({ out: 2 * block, in: 3 * block, kernel, block })),
  );
  test.each(filters)('filters of $kernel x $kernel in blocks of $block channels', (filter) => {
    for (const isTurned of [false, true]) {
      const view = layOut(filter, isTurned);
      const copy = copyRowMajor(view, (count) => new Float32Array(count));
      expect([...copy.values]).toEqual(walk(view));
      const positive = copyPositiveParts(signed(view), (count) => new Float32Array(count));
      expect([...positive.values]).toEqual(walk(signed(view)).map((value) => Math.max(value, 0)));
    }
  });

  test('of rows that are no multiple of eight, read side by side', () => {
    const view = transposeView(
      reshapeView(
        viewOf(
          Float32Array.from({ length: 13 * 24 }, (_, i) => i),
          [13, 24],
        ),
        [13, 3, 8],
      ) ?? viewOf(new Float32Array(), []),
      [1, 0, 2],
    );
    expect([...copyRowMajor(view, (count) => new Float32Array(count)).values]).toEqual(walk(view));
  });

  test.each([[[16]], [[8]], [[5, 8]], [[3, 16]], [[2, 3, 16]], [[7]], [[]]])('dimensions %j, backwards', (dims) => {
    const values = Float32Array.from({ length: countValues(dims) + 1 }, (_, i) => i);
    const view = dims.reduce<StridedView>(
      (part, count, axis) => sliceView(part, { axis, start: count - 1, step: -1, count }),
      viewOf(values, dims),
    );
    expect([...copyRowMajor(view, (count) => new Float32Array(count)).values]).toEqual(walk(view));
  });
});
