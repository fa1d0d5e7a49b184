import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture, decodePictureBytes } from './decode-picture.ts';
import {
  patternBytes,
  patternWords,
  toBigEndianRows,
  writeHandMadePng,
  writeHandMadeTiff,
} from './hand-made-pictures.ts';

const width = 256;
const height = 256;
/** Every 16-bit value once. */
const ramp = Uint16Array.from({ length: width * height }, (_, value) => value);
const colorRamp = Uint16Array.from({ length: width * height * 3 }, (_, at) => {
  const value = Math.trunc(at / 3);
  return at % 3 === 0 ? value : at % 3 === 1 ? 65_535 - value : (value * 257) % 65_536;
});

const grey16Png = (): Buffer =>
  writeHandMadePng({ width, height, bitDepth: 16, colorType: 0, rows: toBigEndianRows(ramp, width) });

describe('16-bit pictures keep every value exactly', () => {
  it.each([
    ['grey PNG', 1, ramp, grey16Png],
    [
      'RGB PNG',
      3,
      colorRamp,
      () =>
        writeHandMadePng({ width, height, bitDepth: 16, colorType: 2, rows: toBigEndianRows(colorRamp, width * 3) }),
    ],
    ['grey TIFF', 1, ramp, () => writeHandMadeTiff({ width, height, channels: 1, depth: 16, samples: ramp })],
    ['RGB TIFF', 3, colorRamp, () => writeHandMadeTiff({ width, height, channels: 3, depth: 16, samples: colorRamp })],
  ] as const)('%s', async (...[, channels, samples, write]) => {
    const picture = await decodePictureBytes(write(), 'ramp');
    expect(picture).toMatchObject({ width, height, channels, depth: 16, warnings: [] });
    expect(picture.samples).toBeInstanceOf(Uint16Array);
    expect(Buffer.from(picture.samples.buffer, picture.samples.byteOffset, picture.samples.byteLength)).toEqual(
      Buffer.from(samples.buffer),
    );
  });

  it('is not bent by a gamma or color profile in the file', async () => {
    const gamma = Buffer.alloc(4);
    gamma.writeUInt32BE(100_000);
    const rows = toBigEndianRows(ramp, width);
    const linear = writeHandMadePng({
      width,
      height,
      bitDepth: 16,
      colorType: 0,
      rows,
      extraChunks: [['gAMA', gamma]],
    });
    expect((await decodePictureBytes(linear, 'linear')).samples).toEqual(ramp);

    const raw = { width: 64, height: 64, channels: 3 } as const;
    const pixels = patternBytes(64 * 64 * 3);
    const wide = await sharp(pixels, { raw }).png().withIccProfile('p3').toBuffer();
    const stored = (await sharp(wide, { ignoreIcc: true }).raw().toBuffer()).subarray(0, pixels.length);
    const picture = await decodePictureBytes(wide, 'wide gamut');
    expect(Buffer.from(picture.samples)).toEqual(stored);
    expect(picture.warnings).toEqual(['The color profile in the file is not applied.']);
  });
});

describe('8-bit and packed pictures', () => {
  it.each([
    [1, [0b0110_0000], [0, 255, 255]],
    [2, [0b0001_1000], [0, 85, 170]],
    [4, [0x0f, 0x80], [0, 255, 136]],
    [8, [0, 200, 255], [0, 200, 255]],
  ] as const)('expand %d-bit grey PNG to the full range', async (bitDepth, row, expected) => {
    const png = writeHandMadePng({ width: 3, height: 1, bitDepth, colorType: 0, rows: [Uint8Array.from(row)] });
    const picture = await decodePictureBytes(png, 'packed');
    expect(picture).toMatchObject({ channels: 1, depth: 8 });
    expect([...picture.samples]).toEqual(expected);
  });

  it('expands a palette PNG to its colors', async () => {
    const palette = Uint8Array.of(10, 20, 30, 200, 100, 50);
    const plan = { width: 2, height: 1, bitDepth: 8, colorType: 3, rows: [Uint8Array.of(1, 0)] } as const;
    const picture = await decodePictureBytes(
      writeHandMadePng({ ...plan, extraChunks: [['PLTE', palette]] }),
      'palette',
    );
    expect([...picture.samples]).toEqual([200, 100, 50, 10, 20, 30]);
  });

  it('drops alpha without blending, and says so only where it hid something', async () => {
    const rgba = (alpha: number): Buffer =>
      writeHandMadePng({ width: 1, height: 1, bitDepth: 8, colorType: 6, rows: [Uint8Array.of(9, 8, 7, alpha)] });
    const opaque = await decodePictureBytes(rgba(255), 'opaque');
    const clear = await decodePictureBytes(rgba(0), 'clear');
    expect([...opaque.samples]).toEqual([9, 8, 7]);
    expect([...clear.samples]).toEqual([9, 8, 7]);
    expect(opaque.warnings).toEqual([]);
    expect(clear.warnings.join()).toContain('partly transparent');
  });

  it('drops the alpha of 16-bit grey', async () => {
    const samples = Uint16Array.of(1, 65_535, 40_000, 65_535);
    const rows = toBigEndianRows(samples, 4);
    const picture = await decodePictureBytes(
      writeHandMadePng({ width: 2, height: 1, bitDepth: 16, colorType: 4, rows }),
      'x',
    );
    expect([...picture.samples]).toEqual([1, 40_000]);
  });

  it('turns a picture upright', async () => {
    const samples = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const tiff = writeHandMadeTiff({ width: 3, height: 2, channels: 1, depth: 8, samples, orientation: 6 });
    const picture = await decodePictureBytes(tiff, 'turned');
    expect(picture).toMatchObject({ width: 2, height: 3 });
    expect([...picture.samples]).toEqual([4, 1, 5, 2, 6, 3]);
    expect(picture.warnings.join()).toContain('turned upright');
  });

  it('reads JPEG and converts CMYK', async () => {
    const raw = { width: 16, height: 16, channels: 3 } as const;
    const grey = new Uint8Array(16 * 16 * 3).fill(90);
    const jpeg = await decodePictureBytes(await sharp(grey, { raw }).jpeg({ quality: 100 }).toBuffer(), 'grey.jpg');
    expect(jpeg).toMatchObject({ format: 'jpeg', channels: 3, depth: 8 });
    expect([...jpeg.samples].every((sample) => Math.abs(sample - 90) <= 1)).toBe(true);
    const print = await sharp(grey, { raw }).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    const converted = await decodePictureBytes(print, 'print.jpg');
    expect(converted).toMatchObject({ channels: 3, depth: 8 });
    expect(converted.warnings).toContain('The picture was converted from CMYK to RGB.');
  });

  it('reads only the first of several pages or frames, and says so', async () => {
    const samples = patternBytes(12);
    const pages = writeHandMadeTiff({ width: 4, height: 3, channels: 1, depth: 8, samples, pages: 3 });
    const picture = await decodePictureBytes(pages, 'pages.tif');
    expect(picture.samples).toEqual(samples);
    expect(picture.warnings).toEqual(['The file holds 3 pages; only the first is read.']);
    const plan = { width: 1, height: 1, bitDepth: 8, colorType: 0, rows: [Uint8Array.of(5)] } as const;
    const animated = writeHandMadePng({ ...plan, extraChunks: [['acTL', Buffer.from('0000000100000000', 'hex')]] });
    expect((await decodePictureBytes(animated, 'animated.png')).warnings.join()).toContain('animated');
  });
});

describe('what is not a readable picture', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lightbox-decode-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['heic', Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1'), 'HEIC'],
    ['svg', Buffer.from('<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>'), 'SVG'],
    ['svg with BOM', Buffer.from('\uFEFF  <svg width="9"/>'), 'SVG'],
    ['pdf', Buffer.from('%PDF-1.7\n'), 'PDF'],
    ['gif', Buffer.from('GIF89a........'), 'GIF'],
    ['webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'), 'WebP'],
    ['text', Buffer.from('not a picture\n'), 'text file'],
    ['noise', Buffer.from('00ff13379a', 'hex'), 'known format'],
  ])('refuses %s', async (name, bytes, expected) => {
    const reading = decodePictureBytes(bytes, `${name}.png`);
    await expect(reading).rejects.toMatchObject({ code: 'picture/unsupported' });
    await expect(reading).rejects.toThrow(expected);
    await expect(reading).rejects.toThrow(`${name}.png`);
  });

  it('names missing files, folders and empty files', async () => {
    await expect(decodePicture(join(folder, 'none.png'))).rejects.toMatchObject({ code: 'picture/not-found' });
    await expect(decodePicture(folder)).rejects.toMatchObject({ code: 'picture/unreadable' });
    await writeFile(join(folder, 'empty.png'), '');
    await expect(decodePicture(join(folder, 'empty.png'))).rejects.toThrow('empty.png is empty');
  });

  it('refuses a device as it would read without end', async () => {
    if (existsSync('/dev/zero')) {
      await expect(decodePicture('/dev/zero')).rejects.toMatchObject({ code: 'picture/unreadable' });
    }
  });

  it('refuses truncated pictures of each format', async () => {
    const raw = { width: 64, height: 64, channels: 3 } as const;
    const noise = sharp(patternBytes(64 * 64 * 3), { raw });
    const whole = [
      grey16Png(),
      await noise.jpeg().toBuffer(),
      writeHandMadeTiff({ width, height, channels: 1, depth: 16, samples: ramp }),
    ];
    for (const bytes of whole) {
      const cut = bytes.subarray(0, Math.trunc(bytes.length * 0.6));
      await expect(decodePictureBytes(cut, 'cut')).rejects.toMatchObject({ code: 'picture/unreadable' });
    }
  });

  it('refuses more than 200 megapixels by the header alone', async () => {
    const huge = writeHandMadePng({ width: 20_000, height: 10_001, bitDepth: 8, colorType: 0, rows: [] });
    const reading = decodePictureBytes(huge, 'huge.png');
    await expect(reading).rejects.toMatchObject({ code: 'picture/unsupported' });
    await expect(reading).rejects.toThrow('201 megapixels');
  });

  it('refuses floating-point TIFF', async () => {
    const raw = { width: 8, height: 8, channels: 1 } as const;
    const float = await sharp(patternBytes(64), { raw })
      .toColourspace('scrgb')
      .tiff({ compression: 'none' })
      .toBuffer();
    const header = await sharp(float).metadata();
    expect(header.depth).toBe('float');
    await expect(decodePictureBytes(float, 'float.tif')).rejects.toMatchObject({ code: 'picture/unsupported' });
  });
});

it('decodePicture goes by content, not by extension, and hashes the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lightbox-decode-'));
  const path = join(folder, 'really-a-tiff.png');
  const samples = patternWords(20);
  await writeFile(path, writeHandMadeTiff({ width: 5, height: 4, channels: 1, depth: 16, samples }));
  const picture = await decodePicture(path);
  expect(picture.format).toBe('tiff');
  expect(picture.samples).toEqual(samples);
  expect(picture.sha256).toBe(
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  );
  await rm(folder, { recursive: true });
});
