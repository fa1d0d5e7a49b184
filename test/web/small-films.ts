import { wordBytes, writeHandMadePicture } from '#core/imaging/dicom/hand-made-dicom.ts';
import { tags } from '#core/imaging/dicom/tags.ts';

/** For tests: films whose values are known by place. */

const [columns, rows] = [40, 20];
/** Stored values of the films: 0 to 3995 in steps of 5; after rescaling 1000 more. */
const stored = Array.from({ length: columns * rows }, (_, pixel) => 5 * pixel);
export const intercept = 1000;
export const valueAt = (x: number, y: number): number => 5 * (y * columns + x) + intercept;

/** 40 x 20 of 12 bits, with two windows. */
export function greyFilm(photometric: string): Buffer {
  return writeHandMadePicture({
    layout: { columns, rows, bitsStored: 12, photometric },
    pixels: wordBytes(stored),
    more: [
      [tags.modality, 'CS', 'CR'],
      [tags.rescaleSlope, 'DS', '1'],
      [tags.rescaleIntercept, 'DS', String(intercept)],
      [tags.windowCenter, 'DS', '3000\\2000'],
      [tags.windowWidth, 'DS', '2000\\501'],
      [tags.windowExplanation, 'LO', 'WIDE\\NARROW'],
    ],
  });
}

/** PS3.3 section C.11.2.1.2.1 as it is printed, then 8 bits. */
export function linear(x: number, center: number, width: number): number {
  if (x <= center - 0.5 - (width - 1) / 2) return 0;
  if (x > center - 0.5 + (width - 1) / 2) return 255;
  return Math.round(255 * ((x - (center - 0.5)) / (width - 1) + 0.5));
}

const color = { columns: 30, rows: 10 } as const;

export const colorSample = (x: number, y: number, lane: number): number =>
  ((3 * (y * color.columns + x) + lane) * 7) % 256;

export function colorFilm(): Buffer {
  const pixels = Uint8Array.from({ length: 3 * color.columns * color.rows }, (_, at) => (at * 7) % 256);
  return writeHandMadePicture({
    layout: { ...color, bitsAllocated: 8, samplesPerPixel: 3, photometric: 'RGB' },
    pixels,
  });
}
