import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { patternBytes } from '../hand-made-pictures.ts';
import { decodeMade, failToDecode } from './decode-made.ts';
import { uids, wordBytes, writeHandMadePicture } from './hand-made-dicom.ts';
import type { HandMadeElement } from './hand-made-dicom.ts';
import { writeLosslessJpeg } from './jpeg/hand-made-jpeg.ts';
import { tags } from './tags.ts';

describe('color', () => {
  const columns = 6;
  const rows = 4;
  const rgb = patternBytes(columns * rows * 3);
  const layout = { columns, rows, bitsAllocated: 8, samplesPerPixel: 3, photometric: 'RGB' };
  const planes = Uint8Array.from(
    rgb,
    (_, at) => rgb[(at % (columns * rows)) * 3 + Math.trunc(at / (columns * rows))] ?? 0,
  );

  it('RGB by pixel and by plane', async () => {
    expect(await decodeMade({ layout: { ...layout, isPlanar: false }, pixels: rgb })).toEqual([...rgb]);
    expect(await decodeMade({ layout: { ...layout, isPlanar: true }, pixels: planes })).toEqual([...rgb]);
  });

  it('RGB of more than 8 bits keeps the upper eight', async () => {
    const deep = wordBytes([...rgb].map((sample) => sample * 16 + 9));
    const picture = await decodeMade({ layout: { ...layout, bitsAllocated: 16, bitsStored: 12 }, pixels: deep });
    expect(picture).toEqual([...rgb]);
  });

  /** PS3.3 section C.7.6.3.1.2, the other way round than the decoder. */
  const toYbr = ([red, green, blue]: readonly [number, number, number]): number[] => [
    0.299 * red + 0.587 * green + 0.114 * blue,
    -0.168736 * red - 0.331264 * green + 0.5 * blue + 128,
    0.5 * red - 0.418688 * green - 0.081312 * blue + 128,
  ];
  const colors = [
    [255, 255, 255],
    [0, 0, 0],
    [254, 1, 1],
    [1, 254, 1],
    [2, 2, 253],
    [130, 90, 40],
  ] as const;
  const ybr = colors.map((color) => toYbr(color).map(Math.round));
  const isNear = (found: readonly number[], expected: readonly number[]): void => {
    expect(found.length).toBe(expected.length);
    found.forEach((sample, at) => {
      expect(Math.abs(sample - (expected[at] ?? NaN))).toBeLessThanOrEqual(2);
    });
  };

  it('YBR_FULL becomes RGB', async () => {
    const strip = { ...layout, rows: 1, photometric: 'YBR_FULL' };
    isNear(await decodeMade({ layout: strip, pixels: Uint8Array.from(ybr.flat()) }), colors.flat());
  });

  it('YBR_FULL_422 holds two pixels in Y Y Cb Cr', async () => {
    const strip = { ...layout, columns: 12, rows: 1, photometric: 'YBR_FULL_422' };
    const pairs = Uint8Array.from(ybr.flatMap(([luma = 0, blue = 0, red = 0]) => [luma, luma, blue, red]));
    isNear(
      await decodeMade({ layout: strip, pixels: pairs }),
      colors.flatMap((color) => [...color, ...color]),
    );
    const full = Uint8Array.from(ybr.flatMap((pixel) => [...pixel, ...pixel]));
    isNear(
      await decodeMade({ layout: strip, pixels: full }),
      colors.flatMap((color) => [...color, ...color]),
    );
    const odd = { ...strip, columns: 11 };
    expect(await failToDecode(writeHandMadePicture({ layout: odd, pixels: new Uint8Array(22) }))).toMatchObject({
      code: 'picture/unreadable',
    });
  });

  it('RLE and lossless JPEG in YBR_FULL are converted too, once', async () => {
    const strip = { ...layout, rows: 1, photometric: 'YBR_FULL' };
    const stream = writeLosslessJpeg({ pixels: [ybr], precision: 8 }, 1);
    isNear(
      await decodeMade({ layout: strip, pixels: { fragments: [stream] }, syntax: uids.jpegLossless }),
      colors.flat(),
    );
    const header = Buffer.alloc(64);
    [3, 64, 72, 80].forEach((value, at) => header.writeUInt32LE(value, at * 4));
    const segments = [0, 1, 2].flatMap((plane) => [5, ...ybr.map((pixel) => pixel[plane] ?? 0), 128]);
    const rle = Buffer.concat([header, Buffer.from(segments)]);
    isNear(await decodeMade({ layout: strip, pixels: { fragments: [rle] }, syntax: uids.rle }), colors.flat());
  });

  it('baseline JPEG comes out as RGB whatever the header calls it', async () => {
    const smooth = Uint8Array.from(
      { length: 16 * 16 * 3 },
      (_, at) => [200, 60, 30 + Math.trunc(at / 48)][at % 3] ?? 0,
    );
    const raw = { width: 16, height: 16, channels: 3 } as const;
    const bare = await sharp(smooth, { raw }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
    const jfif = Buffer.from('ffe000104a46494600010100000100010000', 'hex');
    const stream = Buffer.concat([bare.subarray(0, 2), jfif, bare.subarray(2)]);
    for (const photometric of ['YBR_FULL', 'YBR_FULL_422', 'RGB']) {
      const square = { ...layout, columns: 16, rows: 16, photometric };
      const plan = { layout: square, pixels: { fragments: [stream] }, syntax: uids.jpegBaseline };
      isNear(await decodeMade(plan), [...smooth]);
    }
  });

  it('baseline JPEG of RGB without a marker that says so is not taken for YCbCr', async () => {
    const grey = await sharp(new Uint8Array(64).fill(200), { raw: { width: 8, height: 8, channels: 1 } })
      .jpeg({ quality: 100 })
      .toBuffer();
    const stream = threefold(grey);
    const square = { ...layout, columns: 8, rows: 8 };
    const plan = { pixels: { fragments: [stream] }, syntax: uids.jpegBaseline };
    isNear(await decodeMade({ layout: square, ...plan }), Array<number>(192).fill(200));
    const asYbr = await decodeMade({ layout: { ...square, photometric: 'YBR_FULL' }, ...plan });
    isNear(asYbr.slice(0, 3), [255, 123, 255]);
  });

  it.each([
    ['16-bit entries', 16, [0, 128, 255].map((level) => level * 257), 0, [0, 1, 2]],
    ['8-bit entries in words', 8, [0, 128, 255], 0, [0, 1, 2]],
    ['8-bit colors that call themselves 16-bit', 16, [0, 128, 255], 0, [0, 1, 2]],
    [
      'a first entry of its own, and inputs beyond both ends',
      16,
      [0, 128, 255].map((level) => level * 257),
      10,
      [9, 11, 200],
    ],
  ])('palette with %s', async (...[, bits, entries, first, indices]) => {
    const descriptor = [entries.length, first, bits];
    const more = paletteElements(descriptor, wordBytes(entries));
    const strip = { columns: 3, rows: 1, bitsAllocated: 8, photometric: 'PALETTE COLOR' };
    const pixels = Uint8Array.from([...indices, 0]);
    expect(await decodeMade({ layout: strip, more, pixels })).toEqual([0, 0, 0, 128, 128, 128, 255, 255, 255]);
  });

  it('palette of 8-bit entries packed two to a word', async () => {
    const strip = { columns: 4, rows: 1, bitsAllocated: 8, photometric: 'PALETTE COLOR' };
    const more = paletteElements([4, 0, 8], Uint8Array.of(5, 6, 7, 8));
    const expected = [8, 8, 8, 7, 7, 7, 6, 6, 6, 5, 5, 5];
    expect(await decodeMade({ layout: strip, more, pixels: Uint8Array.of(3, 2, 1, 0) })).toEqual(expected);
  });

  it('palette of 65,536 entries, written as 0', async () => {
    const strip = { columns: 2, rows: 1, photometric: 'PALETTE COLOR' };
    const entries = wordBytes(Uint16Array.from({ length: 65_536 }, (_, at) => at));
    const more = paletteElements([0, 0, 16], entries);
    expect(await decodeMade({ layout: strip, more, pixels: wordBytes([65_535, 0x1234]) })).toEqual([
      255, 255, 255, 18, 18, 18,
    ]);
  });

  it('palette of signed pixels with a negative first entry', async () => {
    const strip = { columns: 3, rows: 1, photometric: 'PALETTE COLOR', isSigned: true };
    const more = paletteElements([3, -1, 16], wordBytes([0, 128 * 257, 65_535]));
    expect(await decodeMade({ layout: strip, more, pixels: wordBytes([-1, 0, 1]) })).toEqual([
      0, 0, 0, 128, 128, 128, 255, 255, 255,
    ]);
  });
});

function paletteElements(descriptor: readonly number[], table: Uint8Array): HandMadeElement[] {
  return [
    ...[tags.redDescriptor, tags.greenDescriptor, tags.blueDescriptor].map((tag) => [tag, 'US', descriptor] as const),
    ...[tags.redTable, tags.greenTable, tags.blueTable].map((tag) => [tag, 'OW', table] as const),
  ];
}

/** A grey JPEG with the same scan under three components and without a JFIF marker. */
function threefold(grey: Buffer): Buffer {
  const part = (marker: number): Buffer => {
    const at = grey.indexOf(Buffer.of(0xff, marker));
    return grey.subarray(at, at + 2 + grey.readUInt16BE(at + 2));
  };
  const data = grey.subarray(grey.indexOf(part(0xda)) + part(0xda).length, grey.length - 2);
  const frame = part(0xc0);
  const components = [1, 2, 3].flatMap((id) => [id, 0x11, 0]);
  const scans = [1, 2, 3].flatMap((id) => [Buffer.of(0xff, 0xda, 0, 8, 1, id, 0, 0, 63, 0), data]);
  return Buffer.concat([
    Buffer.of(0xff, 0xd8),
    part(0xdb),
    Buffer.of(0xff, 0xc0, 0, 17, ...frame.subarray(4, 9), 3, ...components),
    ...huffmanSegments(grey),
    ...scans,
    Buffer.of(0xff, 0xd9),
  ]);
}

function huffmanSegments(jpeg: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 2; jpeg[at + 1] !== 0xda; at += 2 + jpeg.readUInt16BE(at + 2)) {
    if (jpeg[at + 1] === 0xc4) found.push(jpeg.subarray(at, at + 2 + jpeg.readUInt16BE(at + 2)));
  }
  return found;
}
