import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Raster, Size } from './resample.ts';
import { shrinkBytes } from './shrink.ts';

/** How much of [from, to) lies within the pixel at `at`. */
const overlap = (at: number, from: number, to: number): number =>
  Math.max(0, Math.min(to, at + 1) - Math.max(from, at));

/** The average over a rectangle, by looking at every pixel there is. */
function averageSlowly(source: Raster<Uint8Array>, size: Size, at: { x: number; y: number; channel: number }): number {
  const [wide, high] = [source.width / size.width, source.height / size.height];
  let sum = 0;
  for (let y = 0; y < source.height; y++) {
    for (let x = 0; x < source.width; x++) {
      const share = overlap(x, at.x * wide, (at.x + 1) * wide) * overlap(y, at.y * high, (at.y + 1) * high);
      sum += share * (source.samples[(y * source.width + x) * source.channels + at.channel] ?? 0);
    }
  }
  return sum / (wide * high);
}

const sides = fc.integer({ min: 1, max: 17 });
const cases = fc
  .record({ width: sides, height: sides, channels: fc.constantFrom(1, 3), toWidth: sides, toHeight: sides })
  .map(({ toWidth, toHeight, ...source }) => ({
    source,
    size: { width: Math.min(source.width, toWidth), height: Math.min(source.height, toHeight) },
  }))
  .chain(({ source, size }) => {
    const length = source.width * source.height * source.channels;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((samples) => ({ source: { ...source, samples }, size }));
  });

it('gives each pixel the average of the area it covers', () => {
  fc.assert(
    fc.property(cases, ({ source, size }) => {
      const { samples, ...shape } = shrinkBytes(source, size);
      expect(shape).toEqual({ ...size, channels: source.channels });
      samples.forEach((sample, index) => {
        const [channel, pixel] = [index % source.channels, Math.trunc(index / source.channels)];
        const at = { x: pixel % size.width, y: Math.trunc(pixel / size.width), channel };
        // Rounded to a whole level; where the average lies half way, sums in another order may tip it.
        expect(Math.abs(sample - averageSlowly(source, size, at))).toBeLessThanOrEqual(0.5 + 1e-9);
      });
    }),
  );
});

it('leaves a picture of that size as it is, and never enlarges', () => {
  const source = { width: 3, height: 2, channels: 1, samples: Uint8Array.of(0, 9, 255, 7, 128, 1) };
  expect(shrinkBytes(source, { width: 3, height: 2 })).toEqual(source);
  expect(shrinkBytes(source, { width: 30, height: 20 })).toEqual(source);
});
