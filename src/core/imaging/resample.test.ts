import { describe, expect, it } from 'vitest';
import { patternBytes, patternWords } from './hand-made-pictures.ts';
import { toGrey } from './luma.ts';
import { resizeNearest } from './nearest.ts';
import { cubic, triangle } from './resample-weights.ts';
import { resizeBytes, resizeFloats } from './resample.ts';

// Expected values come from Pillow 13.0.0's Image.resize on the same pattern.
const cases = [
  {
    from: [11, 7, 1],
    to: [4, 3],
    filter: 'triangle',
    expected: [116, 133, 139, 150, 119, 89, 94, 117, 80, 104, 124, 88],
  },
  {
    from: [6, 9, 3],
    to: [5, 2],
    filter: 'triangle',
    expected: [
      50, 87, 110, 139, 90, 120, 130, 132, 132, 91, 130, 138, 143, 160, 131, 111, 141, 156, 131, 128, 128, 128, 162,
      136, 95, 117, 157, 130, 123, 163,
    ],
  },
  {
    from: [4, 3, 1],
    to: [9, 5],
    filter: 'triangle',
    expected: [
      0, 8, 29, 54, 103, 152, 125, 88, 74, 21, 28, 48, 72, 119, 166, 153, 130, 122, 52, 59, 76, 98, 143, 188, 194, 193,
      193, 119, 124, 140, 151, 126, 100, 134, 175, 191, 163, 168, 183, 186, 114, 42, 94, 163, 189,
    ],
  },
  {
    from: [5, 4, 1],
    to: [8, 3],
    filter: 'triangle',
    expected: [
      28, 56, 97, 144, 147, 105, 98, 95, 63, 119, 191, 178, 171, 169, 156, 146, 181, 187, 195, 195, 158, 85, 120, 152,
    ],
  },
  {
    from: [9, 31, 1],
    to: [6, 3],
    filter: 'triangle',
    expected: [80, 117, 105, 123, 161, 142, 135, 141, 112, 130, 138, 138, 155, 136, 138, 145, 148, 142],
  },
  { from: [9, 8, 1], to: [4, 3], filter: 'cubic', expected: [94, 134, 137, 183, 59, 113, 123, 142, 80, 58, 115, 133] },
] as const;

const filters = { triangle, cubic };

const pattern = (width: number, height: number, channels: number) => ({
  width,
  height,
  channels,
  samples: patternBytes(width * height * channels),
});

describe('resizeBytes', () => {
  it.each(cases)('equals Pillow: $from to $to with $filter', ({ from, to, filter, expected }) => {
    const size = { width: to[0], height: to[1] };
    const resized = resizeBytes(pattern(from[0], from[1], from[2]), size, filters[filter]);
    expect([...resized.samples]).toEqual(expected);
    expect(resized).toMatchObject({ ...size, channels: from[2] });
  });

  it('leaves a picture of the right size alone', () => {
    const source = pattern(9, 5, 3);
    expect(resizeBytes(source, { width: 9, height: 5 }, triangle).samples).toEqual(source.samples);
  });
});

it('resizeFloats equals Pillow on mode F', () => {
  const source = { width: 9, height: 7, channels: 1, samples: patternWords(63) };
  const resized = resizeFloats(source, { width: 4, height: 3 }, triangle);
  expect([...resized.samples]).toEqual([
    22506.501953125, 27920.19921875, 34039.1171875, 49050.4453125, 33841.9140625, 36816.2421875, 35052.9609375,
    31925.869140625, 40455.015625, 35851.37109375, 23942.552734375, 33461.09765625,
  ]);
});

it('resizeNearest equals Pillow', () => {
  const resized = resizeNearest(pattern(7, 5, 1), { width: 4, height: 8 });
  expect([...resized.samples]).toEqual([
    0, 158, 52, 194, 0, 158, 52, 194, 193, 195, 189, 175, 96, 198, 36, 122, 96, 198, 36, 122, 221, 167, 105, 35, 56,
    102, 140, 170, 56, 102, 140, 170,
  ]);
});

describe('toGrey', () => {
  it("equals Pillow's convert('L')", () => {
    expect([...toGrey(pattern(4, 3, 3)).samples]).toEqual([46, 63, 190, 99, 159, 214, 128, 106, 112, 49, 174, 150]);
  });

  it('keeps 16-bit luma unrounded', () => {
    const grey = toGrey({ width: 1, height: 1, channels: 3, samples: Uint16Array.of(65_535, 0, 1) });
    expect(grey.samples[0]).toBeCloseTo((65_535 * 19_595 + 7_471) / 65_536, 2);
  });
});
