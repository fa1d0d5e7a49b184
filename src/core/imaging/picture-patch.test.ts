import { describe, expect, it } from 'vitest';
import { getColorMap } from '#shared/color-maps.ts';
import { placeBox, renderPatch, renderWhole } from './picture-patch.ts';
import type { Picture } from './picture.ts';

const form = { format: 'png', sha256: '', warnings: [] } as const;
const grey = (width: number, height: number, level: (x: number, y: number) => number): Picture => ({
  ...{ ...form, width, height, channels: 1, depth: 8 },
  samples: Uint8Array.from({ length: width * height }, (_, at) => level(at % width, Math.floor(at / width))),
});

const picture = grey(40, 20, (x, y) => 50 + x + y);
/** The left half of a map of 4 by 2 that covers the picture is high. */
const map = { width: 4, height: 2, values: Float32Array.of(1, 1, 0, 0, 1, 1, 0, 0) };
const whole = { left: 0, top: 0, width: 40, height: 20 };

describe('a masked patch', () => {
  const look = { kind: 'masked', threshold: 0.5, brightness: 0.3 } as const;

  it('dims what the map does not reach, and spreads the rest', () => {
    const patch = renderPatch({ picture, map, region: whole, box: { left: 0, top: 0, width: 4, height: 2 } }, look);
    expect([patch.width, patch.height, patch.channels]).toEqual([40, 20, 1]);
    const at = (x: number, y: number): number => patch.samples[y * 40 + x] ?? NaN;
    expect([at(0, 0), at(19, 19)]).toEqual([0, 255]);
    expect(at(39, 19)).toBe(Math.round((50 + 39 + 19) * 0.3));
  });

  it('is cut out where its box lies', () => {
    const patch = renderPatch({ picture, map, region: whole, box: { left: 2, top: 1, width: 2, height: 1 } }, look);
    expect([patch.width, patch.height]).toEqual([20, 10]);
    expect(patch.samples[0]).toBe(Math.round((50 + 20 + 10) * 0.3));
  });

  it('keeps colors, and 16 bits become 8', () => {
    const color: Picture = { ...picture, channels: 3, samples: new Uint8Array(2400).fill(90) };
    const box = { left: 0, top: 0, width: 4, height: 2 };
    expect(renderPatch({ picture: color, map, region: whole, box }, look).channels).toBe(3);
    const deep: Picture = { ...picture, depth: 16, samples: Uint16Array.from(picture.samples, (level) => level * 200) };
    expect(renderPatch({ picture: deep, map, region: whole, box }, look).depth).toBe(8);
  });
});

it('a patch with a heatmap is colored where the map is not zero', () => {
  const style = { colorMap: getColorMap('blue-orange-dark'), range: [-1, 1] } as const;
  const box = { left: 0, top: 0, width: 4, height: 2 };
  const patch = renderPatch({ picture, map, region: whole, box }, { kind: 'heatmap', style });
  const [left, right] = [patch.samples.subarray(0, 3), patch.samples.subarray(39 * 3, 40 * 3)];
  expect(new Set(right).size).toBe(1);
  expect(new Set(left).size).toBe(3);
});

describe('a box', () => {
  it('of a map that covers a part of the picture is placed there, and stays inside', () => {
    const region = { left: 10, top: -5, width: 20, height: 20 };
    expect(
      placeBox({ map: { ...map, height: 4 }, region, box: { left: 1, top: 0, width: 2, height: 3 } }, picture),
    ).toEqual({
      ...{ left: 15, top: 0, width: 10, height: 10 },
    });
    const outside = { left: 60, top: 0, width: 1, height: 1 };
    expect(placeBox({ map, region: whole, box: outside }, picture)).toEqual({ left: 39, top: 0, width: 1, height: 10 });
  });
});

it('a whole picture is made smaller, never larger', () => {
  expect(renderWhole(picture, 20)).toMatchObject({ width: 20, height: 10 });
  expect(renderWhole(picture, 200)).toMatchObject({ width: 40, height: 20 });
});
