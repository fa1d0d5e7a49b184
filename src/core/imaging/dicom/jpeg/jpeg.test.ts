import { describe, expect, it } from 'vitest';
import { decodeDct } from './decode-dct.ts';
import { decodeLossless } from './decode-lossless.ts';
import { writeDctJpeg, writeLosslessJpeg } from './hand-made-jpeg.ts';
import type { SamplePixels } from './hand-made-jpeg.ts';
import { readJpeg } from './read-jpeg.ts';

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly components?: number;
  readonly precision: number;
}

/** Irregular samples of this many bits, with steps at the ends of the range. */
const noise = ({ width, height, components = 1, precision }: Shape): SamplePixels =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) =>
      Array.from({ length: components }, (___, component) => {
        const value = (x * x * 7919 + y * 104_729 + component * 31 + x * y * 257) % 2 ** precision;
        return (x + y) % 11 === 0 ? 2 ** precision - 1 : (x * y) % 13 === 1 ? 0 : value;
      }),
    ),
  );

/** Smooth enough for 8 x 8 blocks, the same within each 2 x 2 pixels. */
const waves = ({ width, height, components = 1, precision }: Shape): SamplePixels =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) =>
      Array.from({ length: components }, (___, component) =>
        Math.round((0.5 + 0.5 * Math.sin((x >> 1) / 5 + (y >> 1) / (3 + component))) * (2 ** precision - 1)),
      ),
    ),
  );

const flat = (pixels: SamplePixels): number[] => pixels.flat(2);

describe('lossless JPEG', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('gives back every sample with predictor %i', (predictor) => {
    for (const precision of [2, 8, 12, 16]) {
      const pixels = noise({ width: 19, height: 13, precision });
      const stream = writeLosslessJpeg({ pixels, precision }, predictor);
      expect([...decodeLossless(readJpeg(stream))]).toEqual(flat(pixels));
    }
  });

  it('gives back color, interleaved or component by component', () => {
    const pixels = noise({ width: 7, height: 9, components: 3, precision: 8 });
    for (const isSeparate of [false, true]) {
      const stream = writeLosslessJpeg({ pixels, precision: 8, isSeparate }, 4);
      expect([...decodeLossless(readJpeg(stream))]).toEqual(flat(pixels));
    }
  });

  it('goes on behind restart markers, nine of them', () => {
    const pixels = noise({ width: 6, height: 20, precision: 16 });
    const stream = writeLosslessJpeg({ pixels, precision: 16, restartInterval: 12 }, 5);
    expect([...decodeLossless(readJpeg(stream))]).toEqual(flat(pixels));
  });

  it('restores the place of bits that were left out', () => {
    const pixels = noise({ width: 8, height: 5, precision: 12 });
    const stream = writeLosslessJpeg({ pixels, precision: 12 }, 1, 3);
    expect([...decodeLossless(readJpeg(stream))]).toEqual(flat(pixels).map((sample) => (sample >> 3) << 3));
  });
});

describe('sequential DCT', () => {
  const largestDifference = (decoded: Uint16Array, pixels: SamplePixels): number =>
    flat(pixels).reduce((most, sample, at) => Math.max(most, Math.abs(sample - (decoded[at] ?? NaN))), 0);

  it.each([
    ['grey of 12 bits', 12, [0x11], {}],
    ['grey of 8 bits', 8, [0x11], {}],
    ['grey whose factors are not 1', 12, [0x22], {}],
    ['color at full resolution', 12, [0x11, 0x11, 0x11], {}],
    ['color with half as many chroma columns', 12, [0x21, 0x11, 0x11], {}],
    ['color with a quarter of the chroma', 12, [0x22, 0x11, 0x11], {}],
    ['color with a quarter of the chroma, component by component', 12, [0x22, 0x11, 0x11], { isSeparate: true }],
    ['restart markers', 12, [0x21, 0x11, 0x11], { restartInterval: 2 }],
  ] as const)('gives back %s to one level', (...[, precision, factors, settings]) => {
    for (const [width, height] of [
      [37, 22],
      [8, 8],
      [1, 17],
    ] as const) {
      const pixels = waves({ width, height, components: factors.length, precision });
      const decoded = decodeDct(readJpeg(writeDctJpeg({ pixels, precision, ...settings }, factors)));
      expect(decoded.length).toBe(flat(pixels).length);
      expect(largestDifference(decoded, pixels)).toBeLessThanOrEqual(1);
    }
  });
});

describe('damaged streams', () => {
  const pixels = noise({ width: 16, height: 16, precision: 12 });
  const whole = writeLosslessJpeg({ pixels, precision: 12 }, 1);
  const wave = writeDctJpeg({ pixels: waves({ width: 32, height: 32, precision: 12 }), precision: 12 }, [0x11]);

  it('are refused wherever they are cut off', () => {
    for (let length = 0; length < whole.length - 3; length += 7) {
      expect(() => decodeLossless(readJpeg(whole.subarray(0, length)))).toThrow(/its (lossless )?JPEG/);
    }
    for (let length = 0; length < wave.length - 3; length += 7) {
      expect(() => decodeDct(readJpeg(wave.subarray(0, length)))).toThrow(/its JPEG/);
    }
  });

  it('are refused when a code is unknown', () => {
    const broken = Uint8Array.from(whole);
    const start = broken.length - 40;
    broken.fill(0xff, start, start + 1);
    broken.fill(0x00, start + 1, start + 2);
    expect(() => decodeLossless(readJpeg(broken))).toThrow(/damaged|early/);
  });

  it('are refused when they claim a size their bytes cannot hold', () => {
    const frameAt = Buffer.from(whole).indexOf(Buffer.of(0xff, 0xc3));
    const huge = Buffer.from(whole);
    huge.writeUInt32BE(0xffff_ffff, frameAt + 5);
    expect(() => decodeLossless(readJpeg(huge))).toThrow('its JPEG data end early');
  });
});
