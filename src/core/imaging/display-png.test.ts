import { expect, it } from 'vitest';
import { decodePictureBytes } from './decode-picture.ts';
import { writeDisplayPng } from './display-png.ts';
import { patternBytes } from './hand-made-pictures.ts';
import type { Picture } from './picture.ts';

const base = { format: 'png', sha256: '', warnings: [] } as const;
const grey: Picture = { ...base, width: 40, height: 30, channels: 1, depth: 8, samples: patternBytes(1200) };
const color: Picture = { ...base, width: 20, height: 20, channels: 3, depth: 8, samples: patternBytes(1200) };
const read = async (picture: Picture, side: number): Promise<Picture> =>
  decodePictureBytes(await writeDisplayPng(picture, { width: side, height: side }), 'shown');

it('keeps the samples of a picture that fits', async () => {
  for (const picture of [grey, color]) {
    const { width, height, channels, samples } = await read(picture, 64);
    expect({ width, height, channels }).toEqual({
      width: picture.width,
      height: picture.height,
      channels: picture.channels,
    });
    expect(Buffer.from(samples)).toEqual(Buffer.from(picture.samples));
  }
});

it('makes a larger one fit in its own aspect', async () => {
  expect(await read(grey, 20)).toMatchObject({ width: 20, height: 15, channels: 1 });
  expect(await read(color, 7)).toMatchObject({ width: 7, height: 7, channels: 3 });
  expect(await read({ ...grey, width: 1200, height: 1 }, 10)).toMatchObject({ width: 10, height: 1 });
});

it('spreads 16-bit samples over the grey range', async () => {
  const samples = Uint16Array.from({ length: 1200 }, (_, index) => 30_000 + index);
  const { depth, samples: shown } = await read({ ...grey, depth: 16, samples }, 64);
  expect(depth).toBe(8);
  expect(Math.min(...shown)).toBe(0);
  expect(Math.max(...shown)).toBe(255);
});
