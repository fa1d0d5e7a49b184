import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMask } from './read-mask.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lightbox-mask-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Plan {
  readonly samples: readonly number[];
  readonly channels?: 1 | 3;
  readonly depth?: 8 | 16;
  readonly format?: 'png' | 'jpeg' | 'tiff';
}

let files = 0;

/** A mask file one pixel high. */
async function saveMask({ samples, channels = 1, depth = 8, format = 'png' }: Plan): Promise<string> {
  const path = join(folder, `${files++}.${format}`);
  const width = samples.length / channels;
  const pixels = depth === 16 ? Uint16Array.from(samples) : Uint8Array.from(samples);
  const space = depth === 16 ? 'grey16' : channels === 1 ? 'b-w' : 'srgb';
  const picture = sharp(pixels, { raw: { width, height: 1, channels } }).toColourspace(space);
  const options = format === 'jpeg' ? { quality: 100 } : {};
  await writeFile(path, await picture.toFormat(format, options).toBuffer());
  return path;
}

describe('a mask', () => {
  it.each<[string, Plan, number[]]>([
    ['black and white', { samples: [0, 255, 255, 0] }, [0, 1, 1, 0]],
    ['0 and 1', { samples: [0, 1, 1, 0] }, [0, 1, 1, 0]],
    ['edges that were smoothed', { samples: [0, 127, 128, 255] }, [0, 0, 1, 1]],
    ['counted regions', { samples: [0, 1, 2, 3] }, [0, 1, 1, 1]],
    ['three channels', { samples: [0, 0, 0, 255, 255, 255, 0, 255, 0], channels: 3 }, [0, 1, 1]],
    ['sixteen bits', { samples: [0, 65_535, 32_767, 32_768], depth: 16 }, [0, 1, 0, 1]],
    ['eight bits kept in sixteen', { samples: [0, 255], depth: 16 }, [0, 1]],
    ['TIFF', { samples: [0, 255], format: 'tiff' }, [0, 1]],
  ])('of %s', async (_, plan, pixels) => {
    const mask = await readMask(await saveMask(plan));
    expect([...mask.pixels]).toEqual(pixels);
    expect(mask).toMatchObject({ width: pixels.length, height: 1, empty: false });
    expect(mask.area).toBe(pixels.filter((pixel) => pixel === 1).length);
  });

  it('that is all black is empty, not missing', async () => {
    expect(await readMask(await saveMask({ samples: [0, 0] }))).toMatchObject({ empty: true, area: 0 });
  });

  it('in JPEG is not made of the noise in its black', async () => {
    const noisy = await readMask(await saveMask({ samples: [0, 3, 2, 0], format: 'jpeg' }));
    expect(noisy.empty).toBe(true);
    const drawn = await readMask(await saveMask({ samples: [0, 0, 250, 250], format: 'jpeg' }));
    expect([...drawn.pixels]).toEqual([0, 0, 1, 1]);
  });

  it('that is not there has a code of its own', async () => {
    await expect(readMask(join(folder, 'none.png'))).rejects.toMatchObject({ code: 'picture/not-found' });
    await writeFile(join(folder, 'broken.png'), 'not a picture');
    await expect(readMask(join(folder, 'broken.png'))).rejects.toMatchObject({ code: 'picture/unsupported' });
  });
});
