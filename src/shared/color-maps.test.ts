import { describe, expect, it } from 'vitest';
import { renderPalette } from './color-maps-language.ts';
import { colorMapNames, getColorMap } from './color-maps.ts';
import { LightboxError } from './errors.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

// Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
const colorVision: Readonly<Record<string, Matrix>> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const apply = (matrix: Matrix, [x, y, z]: Triple): Triple => {
  const row = ([a, b, c]: Triple): number => Math.min(1, Math.max(0, a * x + b * y + c * z));
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};

const toLinear = (byte: number): number => {
  const unit = byte / 255;
  return unit <= 0.04045 ? unit / 12.92 : ((unit + 0.055) / 1.055) ** 2.4;
};

/** CIE L*a*b* under D65. */
function toLab([red, green, blue]: Triple): Triple {
  const f = (t: number): number => (t > 216 / 24_389 ? Math.cbrt(t) : ((24_389 / 27) * t + 16) / 116);
  const x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
  const y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const seenAs = (name: string, vision = 'full'): Triple[] => {
  const palette = renderPalette(getColorMap(name).source);
  const matrix = colorVision[vision];
  if (!matrix) throw new Error(vision);
  return Array.from({ length: 256 }, (_, index) => {
    const [red = 0, green = 0, blue = 0] = palette.subarray(index * 3, index * 3 + 3);
    return toLab(apply(matrix, [toLinear(red), toLinear(green), toLinear(blue)]));
  });
};

const distance = (a: Triple | undefined, b: Triple | undefined): number =>
  a && b ? Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) : NaN;

const isRising = (values: readonly number[], slack = 0): boolean =>
  values.every((value, at) => at === 0 || value >= (values[at - 1] ?? 0) - slack);

describe.each(['blue-orange', 'blue-orange-dark'])('%s', (name) => {
  it('has a neutral middle at both indices zero may fall on', () => {
    const palette = renderPalette(getColorMap(name).source);
    const [first, ...others] = palette.subarray(127 * 3, 129 * 3);
    expect(others.every((byte) => byte === first)).toBe(true);
  });

  it('has lightness that runs evenly from the middle to both ends', () => {
    const lightness = seenAs(name).map(([light]) => light);
    const outward = [lightness.slice(0, 128).reverse(), lightness.slice(128)];
    const isDark = (lightness[127] ?? 0) < 50;
    for (const side of outward) {
      expect(isRising(isDark ? side : side.map((light) => -light), 0.01)).toBe(true);
    }
    expect(Math.abs((lightness[0] ?? 0) - (lightness[255] ?? 0))).toBeLessThan(4);
  });

  it.each(Object.keys(colorVision))('keeps both signs apart: %s vision', (vision) => {
    const colors = seenAs(name, vision);
    for (const [from, least] of [
      [0, 30],
      [32, 40],
      [64, 40],
      [96, 15],
    ] as const) {
      expect(distance(colors[from], colors[255 - from])).toBeGreaterThan(least);
    }
  });
});

it('amber grows lighter all the way', () => {
  expect(isRising(seenAs('amber').map(([light]) => light))).toBe(true);
});

describe('the map language', () => {
  it('spreads nodes evenly and truncates their positions', () => {
    const palette = renderPalette('000,fff,000');
    expect(palette[127 * 3]).toBe(255);
    expect(palette[128 * 3]).toBeLessThan(255);
  });

  it('makes a hard edge of equal indices', () => {
    const palette = renderPalette('000,80:000,80:fff,fff');
    expect([palette[127 * 3], palette[128 * 3], palette[129 * 3]]).toEqual([0, 255, 255]);
  });

  it.each(['', 'fff', 'fff,xyz', '000,ffff', '80:000,40:fff,fff', '000;fff', '000,,fff', '100:000,fff'])(
    "refuses '%s'",
    (source) => {
      expect(() => renderPalette(source)).toThrow(LightboxError);
    },
  );

  it.each([0, -1, NaN, Infinity])('refuses level %s', (level) => {
    expect(() => renderPalette('000,fff', level)).toThrow(LightboxError);
  });

  it('names the known maps when one is unknown', () => {
    expect(() => getColorMap('jet')).toThrow(/jet.*coldnhot/);
    expect(() => getColorMap('toString')).toThrow(LightboxError);
  });

  it.each(colorMapNames)('%s renders', (name) => {
    expect(renderPalette(getColorMap(name).source)).toHaveLength(768);
  });
});
