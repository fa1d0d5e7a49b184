import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Planes } from '../planes.ts';
import { isImpossible } from './augmentation.ts';
import type { Altered } from './augmentation.ts';
import { parseVariants } from './parse-variants.ts';
import { perspectiveMatrix } from './perspective.ts';
import { rootMeanSquare } from './noise.ts';
import { augmentationNames } from './table.ts';
import { adjustContrast, adjustHue, adjustSaturation } from './tone.ts';
import * as torchvision from './torchvision-numbers.ts';
import { alterPlanes, carryMap, variantId } from './variant.ts';
import { warpPlanes } from './warp.ts';

/** The picture torchvision's numbers were made of. */
function patterned(channels: 1 | 3, width: number, height: number): Planes {
  const values = Float32Array.from({ length: channels * width * height }, (_, at) => {
    const [x, y, c] = [at % width, Math.floor(at / width) % height, Math.floor(at / (width * height))];
    return ((7 * x + 5 * y + 3 * c + x * y) % 11) / 10;
  });
  return { channels, width, height, values };
}

function noisy(width: number, height: number, channels: 1 | 3 = 1): Planes {
  return { ...patterned(channels, width, height), values: patterned(channels, width, height).values.map((v, i) => (v * 0.8 + 0.2 * Math.abs(Math.sin(i * 37)))) }; // prettier-ignore
}

function alter(planes: Planes, text: string, seed = 1): Altered {
  const [variant] = parseVariants([text], seed);
  if (!variant) throw new RangeError(text);
  const outcome = alterPlanes(planes, variant, 'picture');
  if (isImpossible(outcome)) throw new RangeError(outcome.reason);
  return outcome;
}

function expectNear(values: ArrayLike<number>, numbers: readonly number[]): void {
  expect(values.length).toBe(numbers.length);
  const worst = Math.max(...numbers.map((number, at) => Math.abs(number - (values[at] ?? NaN))));
  expect(worst).toBeLessThan(2e-6);
}

describe('as torchvision', () => {
  const grey = patterned(1, 7, 6);
  const color = patterned(3, 3, 2);

  test.each([
    ['blur:kernel=5:sigma=1.2', torchvision.blur],
    ['sharpen:factor=2.5', torchvision.sharpen],
    ['rotate-black:angle=25', torchvision.rotateBlack],
    ['rotate:angle=25', torchvision.rotateReflect],
    ['flip', torchvision.flip],
    ['brightness:factor=1.4', torchvision.brightness],
    ['contrast:factor=0.6', torchvision.contrastGrey],
  ])('%s', (text, numbers) => {
    expectNear(alter(grey, text).planes.values, numbers);
  });

  test('contrast, saturation and hue in color', () => {
    expectNear(adjustContrast(color, 0.6).values, torchvision.contrast);
    expectNear(adjustSaturation(color, 1.5).values, torchvision.saturation);
    expectNear(adjustHue(color, 0.15).values, torchvision.hue);
  });

  test('perspective', () => {
    const matrix = perspectiveMatrix(grey, [[1, 0], [5, 1], [6, 5], [0, 4]]); // prettier-ignore
    expectNear(warpPlanes(grey, matrix, 'black').values, torchvision.perspective);
  });

  test('a turn by 90 degrees moves whole pixels', () => {
    const turned = alter(patterned(1, 6, 6), 'rotate:angle=90').planes.values;
    expect([...turned]).toEqual(torchvision.rotate90.map(Math.fround));
  });
});

describe('properties', () => {
  const picture = noisy(24, 20, 3);

  test('a flip of a flip is the picture', () => {
    expect(alter(alter(picture, 'flip').planes, 'flip').planes.values).toEqual(picture.values);
  });

  test('four turns by 90 degrees are the picture', () => {
    const square = noisy(17, 17);
    const turned = [1, 2, 3, 4].reduce((planes) => alter(planes, 'rotate:angle=90').planes, square);
    expect(turned.values).toEqual(square.values);
  });

  test.each(['blur@5', 'sharpen@5', 'rotate@5', 'contrast@5', 'perspective@5', 'shift@3'])(
    '%s leaves an even picture even',
    (text) => {
      const even = { ...noisy(24, 20), values: new Float32Array(24 * 20).fill(0.4) };
      for (const value of alter(even, text).planes.values) expect(value).toBeCloseTo(0.4, 6);
    },
  );

  test('every augmentation stays between black and white, and is the same again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...augmentationNames),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 1000 }),
        (name, step, seed) => {
          const text = name === 'flip' ? name : `${name}@${step}`;
          const large = noisy(40, 36, 3);
          const first = alter(large, text, seed);
          expect(first.planes.values.every((value) => value >= 0 && value <= 1)).toBe(true);
          expect(alter(large, text, seed)).toEqual(first);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  test('another seed or another picture draws otherwise', () => {
    const [one, two] = [alter(picture, 'noise', 1), alter(picture, 'noise', 2)];
    expect(one.planes.values).not.toEqual(two.planes.values);
    const [variant] = parseVariants(['erasing'], 1);
    const boxes = ['a', 'b', 'c'].map((key) => variant && alterPlanes(noisy(64, 64), variant, key));
    expect(new Set(boxes.map((box) => JSON.stringify(box && 'drawn' in box && box.drawn))).size).toBeGreaterThan(1);
  });

  test.each(['blur@3', 'brightness@4', 'flip'])('noise=%s is as strong', (text) => {
    const [wanted, got] = [alter(picture, text), alter(picture, `noise=${text}`)].map(({ planes }) => rootMeanSquare(picture, planes)); // prettier-ignore
    expect(got).toBeCloseTo(wanted ?? NaN, 5);
  });

  test('the microscope is black outside a circle of the drawn radius about the middle', () => {
    const white = { ...noisy(224, 224), values: new Float32Array(224 * 224).fill(1) };
    const radii = Array.from({ length: 60 }, (_, seed) => {
      const { planes, drawn, kept } = alter(white, 'microscope', seed);
      const { radius = NaN } = drawn;
      expect(planes.values[112 * 224 + Math.max(0, 112 - radius)]).toBe(1);
      expect(planes.values[0]).toBe(0);
      expect(Float32Array.from(kept ?? [])).toEqual(planes.values);
      return radius;
    });
    expect([Math.min(...radii), Math.max(...radii)]).toEqual([109, 127]);
  });

  test('erasing covers the share that was asked for', () => {
    const { kept = new Uint8Array() } = alter(noisy(100, 100), 'erasing@4');
    expect(kept.filter((one) => one === 0).length / 10_000).toBeCloseTo(0.1, 2);
  });
});

describe('carried back', () => {
  /** A smooth map, so that blending of neighbours costs little. */
  const smooth = (width: number, height: number): Planes => ({
    ...{ channels: 1, width, height },
    values: Float32Array.from({ length: width * height }, (_, at) => 0.5 + 0.4 * Math.sin((at % width) / 9) * Math.cos(Math.floor(at / width) / 7)), // prettier-ignore
  });

  test.each(['rotate@3', 'rotate-black@5', 'rotate:angle=90', 'flip', 'shift@4', 'perspective@3'])(
    '%s: the picture itself comes back where it is valid',
    (text) => {
      const planes = smooth(60, 60);
      const altered = alter(planes, text);
      const { values, valid } = carryMap(altered.planes.values, altered);
      const worst = values.reduce((most, value, at) => Math.max(most, valid[at] ? Math.abs(value - (planes.values[at] ?? 0)) : 0), 0); // prettier-ignore
      expect(worst).toBeLessThan(0.02);
      expect(valid.filter((one) => one === 1).length).toBeGreaterThan(0.5 * valid.length);
    },
  );

  test('a turn by 45 degrees loses the corners, a shift by two its edge', () => {
    const turned = alter(smooth(41, 41), 'rotate:angle=45');
    const { valid } = carryMap(turned.planes.values, turned);
    expect([valid[0], valid[20 * 41 + 20]]).toEqual([0, 1]);
    const moved = alter(smooth(10, 10), 'shift:right=2:down=0');
    const back = carryMap(moved.planes.values, moved);
    expect([...back.valid.slice(0, 10)]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  });

  test('what was covered is not compared', () => {
    const altered = alter(smooth(50, 50), 'erasing@5');
    expect(carryMap(altered.planes.values, altered).valid).toEqual(altered.kept);
  });
});

describe('variants', () => {
  test('have an id of name, parameters and seed', () => {
    const ids = parseVariants(['blur@2', 'erasing', 'noise=blur@2', 'flip', 'blur:kernel=7:sigma=1'], 3).map(variantId);
    expect(ids).toEqual(['blur:kernel=7:sigma=1', 'erasing:area=0.05#3', 'noise=blur:kernel=7:sigma=1#3', 'flip']);
  });

  test('@all is every step', () => {
    expect(parseVariants(['rotate@all'], 1).map(({ severity }) => severity)).toEqual([1, 2, 3, 4, 5]);
  });

  test.each([
    ['smudge', /no variant "smudge".*blur, sharpen/],
    ['blur@9', /steps 1 to 5/],
    ['blur:kernel=4', /odd/],
    ['blur:sigma=x', /no parameter of blur.*kernel=13/],
    ['blur@1:sigma=2', /both/],
    ['erasing:area=2', /share/],
    ['noise=', /no variant/],
    ['perspective:distortion=7', /0 to 1/],
  ])('%s is refused', (text, sentence) => {
    expect(() => parseVariants([text], 1)).toThrow(sentence);
  });

  test.each([
    [4, 'blur@5', /smaller than half the kernel/],
    [2, 'sharpen', /smaller than the kernel/],
    [4, 'microscope:from=-3:to=-3', /leaves nothing/],
    [2, 'erasing@1', /no rectangle/],
  ])('a picture of %i pixels a side has no %s, and it is said why', (side, text, reason) => {
    const [variant] = parseVariants([text], 1);
    const outcome = variant && alterPlanes(patterned(1, side, side), variant, 'picture');
    expect(outcome).toEqual({ reason: expect.stringMatching(reason) as string });
  });
});
