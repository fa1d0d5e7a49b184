import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { Picture } from './picture.ts';
import { renderThumbnail } from './thumbnail.ts';

const rest = { format: 'png', sha256: '', warnings: [] } as const;

/** A bright disc on a dark ground, off the middle, so that a turned or shifted thumbnail is another picture. */
function drawDisc(width: number, height: number, bright = 220): Picture {
  const samples = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [(at % width) / width - 0.3, Math.trunc(at / width) / height - 0.6];
    return x * x + y * y < 0.04 ? bright : 30;
  });
  return { width, height, channels: 1, depth: 8, samples, ...rest };
}

async function readJpeg(
  bytes: Uint8Array,
): Promise<{ width: number; height: number; channels: number; pixels: Buffer }> {
  const { channels } = await sharp(bytes).metadata();
  const { data, info } = await sharp(bytes).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels, pixels: data };
}

it('shows the picture, in its own aspect, grey in one channel', async () => {
  const { pixels, ...shape } = await readJpeg(await renderThumbnail(drawDisc(400, 300), 160));
  expect(shape).toEqual({ width: 160, height: 120, channels: 1 });
  const at = (x: number, y: number): number => pixels[y * 160 + x] ?? 0;
  expect(Math.abs(at(48, 72) - 220)).toBeLessThan(8);
  expect(Math.abs(at(120, 20) - 30)).toBeLessThan(8);
});

it('does not enlarge, and keeps color', async () => {
  const samples = Uint8Array.from({ length: 40 * 30 * 3 }, (_, at) => [200, 40, 90][at % 3] ?? 0);
  const thumbnail = await renderThumbnail({ width: 40, height: 30, channels: 3, depth: 8, samples, ...rest }, 160);
  const { data, info } = await sharp(thumbnail).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 40, height: 30, channels: 3 });
  [...data.subarray(0, 3)].forEach((level, channel) => {
    expect(Math.abs(level - ([200, 40, 90][channel] ?? 0))).toBeLessThan(6);
  });
});

it('spreads 16-bit grey over what can be seen', async () => {
  const { samples, ...picture } = drawDisc(200, 200, 130);
  const deep = { ...picture, depth: 16, samples: Uint16Array.from(samples, (sample) => sample * 10) } as const;
  const { pixels } = await readJpeg(await renderThumbnail(deep, 160));
  expect(pixels.at(96 * 160 + 48)).toBeGreaterThan(240);
  expect(pixels.at(0)).toBeLessThan(15);
});
