import { expect, test } from 'vitest';
import { joinAttributions, listBatches, sliceCall } from './batches.ts';
import type { AttributeCall } from './calls.ts';
import type { Attribution } from './requests.ts';

test('batches cover all rows once; the last may be shorter', () => {
  expect(listBatches(5, 2)).toEqual([
    { start: 0, end: 2 },
    { start: 2, end: 4 },
    { start: 4, end: 5 },
  ]);
  expect(listBatches(2, 8)).toEqual([{ start: 0, end: 2 }]);
});

const call: AttributeCall = {
  handle: 0,
  images: Float32Array.of(0, 1, 2, 3, 4, 5),
  targets: [7, 8, 9],
  initial: { given: Float32Array.of(10, 11, 12) },
  masks: [{ layer: 'conv', values: Float32Array.of(0, 0, 1, 1, 2, 2) }],
  regions: undefined,
};

test('a batch takes its rows of everything', () => {
  expect(sliceCall(call, { start: 1, end: 3 }, false)).toEqual({
    handle: 0,
    images: Float32Array.of(2, 3, 4, 5),
    targets: [8, 9],
    initial: { given: Float32Array.of(11, 12) },
    masks: [{ layer: 'conv', values: Float32Array.of(1, 1, 2, 2) }],
  });
});

test('a shared picture goes with every batch', () => {
  expect(sliceCall({ ...call, initial: 'one' }, { start: 2, end: 3 }, true)).toMatchObject({
    images: call.images,
    targets: [9],
    initial: 'one',
  });
});

const part = (row: number): Attribution => ({
  logits: Float32Array.of(row, -row),
  relevance: Float32Array.of(row + 0.5),
  targets: [row],
  milliseconds: 10,
  taps: [
    { layer: 'conv', kind: 'activation', dims: [1, 2], values: Float32Array.of(row, row) },
    { layer: 'conv', kind: 'relevance', dims: [1, 2], values: Float32Array.of(-row, row) },
  ],
  concepts: [
    {
      ...{ layer: 'conv', kind: 'relevance', channels: 2, sums: Float32Array.of(row, 3 * row) },
      peaks: { values: Float32Array.of(row, 2 * row), positions: Float32Array.of(0, row) },
      ...{ inside: undefined, round: { sum: Float32Array.of(row / 2), absolute: Float32Array.of(row) } },
    },
  ],
});

test('results are joined in order', () => {
  expect(joinAttributions([part(1), part(2)], false)).toEqual({
    logits: Float32Array.of(1, -1, 2, -2),
    relevance: Float32Array.of(1.5, 2.5),
    targets: [1, 2],
    milliseconds: 20,
    taps: [
      { layer: 'conv', kind: 'activation', dims: [2, 2], values: Float32Array.of(1, 1, 2, 2) },
      { layer: 'conv', kind: 'relevance', dims: [2, 2], values: Float32Array.of(-1, 1, -2, 2) },
    ],
    concepts: [
      {
        ...{ layer: 'conv', kind: 'relevance', channels: 2, sums: Float32Array.of(1, 3, 2, 6) },
        peaks: { values: Float32Array.of(1, 2, 2, 4), positions: Float32Array.of(0, 1, 0, 2) },
        ...{ inside: undefined, round: { sum: Float32Array.of(0.5, 1), absolute: Float32Array.of(1, 2) } },
      },
    ],
  });
});

test('what belongs to a shared picture is there once', () => {
  const joined = joinAttributions([part(1), part(2)], true);
  expect(joined.logits).toEqual(Float32Array.of(1, -1));
  expect(joined.taps[0]?.dims).toEqual([1, 2]);
  expect(joined.taps[1]?.dims).toEqual([2, 2]);
});
