import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Picture } from './picture.ts';
import { measureTraits, RING_SHARE } from './picture-traits.ts';

const picture = (width: number, values: readonly number[], change: Partial<Picture> = {}): Picture => ({
  ...{ width, height: values.length / width / (change.channels ?? 1), channels: 1, depth: 8 },
  ...{ samples: Uint8Array.from(values), format: 'png', sha256: '', warnings: [], ...change },
});

const drawn = (width: number, height: number, paint: (x: number, y: number) => number): Picture =>
  picture(
    width,
    Array.from({ length: width * height }, (_, at) => paint(at % width, Math.floor(at / width))),
  );

const wave =
  (shift: number) =>
  (x: number, y: number): number =>
    128 + 60 * Math.sin((x + shift) / 9) + 50 * Math.cos(y / 7 + x / 31);

const mirror = ({ width, ...rest }: Picture): Picture => ({
  ...{ width, ...rest },
  samples: rest.samples.map((_, at) => rest.samples[at - (at % width) + width - 1 - (at % width)] ?? 0),
});

const countBits = (a: string, b: string): number =>
  Array.from(a, (digit, at) => (parseInt(digit, 16) ^ parseInt(b[at] ?? '', 16)).toString(2).replaceAll('0', '').length)
    .reduce((sum, count) => sum + count, 0); // prettier-ignore

describe('traits of a picture', () => {
  it('are those worked out by hand', () => {
    // A ring of one pixel: twelve of 51 about four of 255.
    const { measured } = measureTraits(drawn(4, 4, (x, y) => (x % 3 === 0 || y % 3 === 0 ? 51 : 255)));
    expect(measured).toMatchObject({ ringMean: 0.2, ringSpread: 0, mean: 0.4, depth: 8, channels: 1, format: 'png' });
    expect(measured.spread).toBeCloseTo(Math.sqrt((12 * 0.04 + 4 * 0.36) / 16), 5);
  });

  it('the ring is 5 % of the shorter side, in whole pixels', () => {
    const ring = Math.ceil(RING_SHARE * 50);
    const { measured } = measureTraits(drawn(80, 50, (x, y) => (Math.min(x, y, 79 - x, 49 - y) < ring ? 255 : 0)));
    expect(measured).toMatchObject({ ringMean: 1, ringSpread: 0 });
    expect(measured.mean).toBeCloseTo(1 - ((80 - 2 * ring) * (50 - 2 * ring)) / 4000, 5);
  });

  it('brightness of color is luma, of 16 bits a share of white', () => {
    expect(measureTraits(picture(1, [255, 0, 0], { channels: 3 })).measured.mean).toBeCloseTo(0.299, 6);
    const deep = measureTraits(picture(1, [0], { depth: 16, samples: Uint16Array.of(32_768) }));
    expect(deep.measured.mean).toBeCloseTo(0.500008, 6);
  });
});

describe('the perceptual hash', () => {
  const film = drawn(120, 100, wave(0));

  it('stays under other brightness, contrast and size', () => {
    const { hash } = measureTraits(film);
    const paler = drawn(120, 100, (x, y) => 40 + 0.6 * wave(0)(x, y));
    const larger = drawn(240, 200, (x, y) => wave(0)(x / 2, y / 2));
    expect(countBits(hash, measureTraits(paler).hash)).toBeLessThan(6);
    expect(countBits(hash, measureTraits(larger).hash)).toBeLessThan(6);
    expect(countBits(hash, measureTraits(drawn(120, 100, wave(40))).hash)).toBeGreaterThan(60);
  });

  it('of the mirror image is the mirrored hash, for every picture', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 40 }), fc.nat(255));
    fc.assert(
      fc.property(sizes, ([width, height, seed]) => {
        const one = drawn(width, height, (x, y) => (x * 37 + y * 101 + x * y * seed) % 256);
        const [plain, turned] = [measureTraits(one), measureTraits(mirror(one))];
        expect([plain.hash, plain.mirrored]).toEqual([turned.mirrored, turned.hash]);
      }),
    );
  });

  it('of an even picture has no bits set', () => {
    expect(measureTraits(drawn(30, 30, () => 90)).hash).toBe('0'.repeat(64));
  });

  it('is written bit by bit, row by row', () => {
    const steps = measureTraits(drawn(17, 16, (x) => (x === 0 ? 0 : 255)));
    expect(steps.hash).toBe('8000'.repeat(16));
    expect(steps.mirrored).toBe('0'.repeat(64));
  });
});
