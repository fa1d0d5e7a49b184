import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePictureBytes } from '../decode-picture.ts';
import { patternBytes } from '../hand-made-pictures.ts';
import { decodeDicom } from './decode-dicom.ts';
import type { DicomOptions } from './decode-dicom.ts';
import { layoutElements, uids, wordBytes, writeHandMadeDicom } from './hand-made-dicom.ts';
import type { HandMadeDicom, HandMadeElement, HandMadeLayout } from './hand-made-dicom.ts';
import { writeLosslessJpeg } from './jpeg/hand-made-jpeg.ts';
import { tags } from './tags.ts';

const size = { columns: 4, rows: 2 };

type Plan = Omit<HandMadeDicom, 'elements'> & {
  readonly layout: HandMadeLayout;
  readonly more?: readonly HandMadeElement[];
};

const write = ({ layout, more = [], ...rest }: Plan): Buffer =>
  writeHandMadeDicom({ elements: [...layoutElements(layout), ...more], ...rest });

async function valuesOf(plan: Plan, options: DicomOptions = {}): Promise<number[]> {
  const picture = await decodeDicom(write(plan), 'made.dcm', options);
  return [...(picture.kind === 'grey' ? picture.values : picture.samples)];
}

const failureOf = (bytes: Uint8Array, options: DicomOptions = {}): Promise<unknown> =>
  decodeDicom(bytes, 'made.dcm', options).then(
    () => 'no failure',
    (error: unknown) => error,
  );

const words = [0, 1, 255, 256, 2047, 2048, 4095, 65_535];

describe('uncompressed grey', () => {
  it.each([
    ['all 16 bits', { bitsStored: 16 }, words],
    ['16 bits, signed', { isSigned: true }, [0, 1, 255, 256, 2047, 2048, 4095, -1]],
    ['12 of 16 bits, the unused ones dirty', { bitsStored: 12 }, [0, 1, 255, 256, 2047, 2048, 4095, 4095]],
    [
      '12 bits, signed, the unused ones dirty',
      { bitsStored: 12, isSigned: true },
      [0, 1, 255, 256, 2047, -2048, -1, -1],
    ],
    ['12 bits at the upper end', { bitsStored: 12, highBit: 15 }, [0, 0, 15, 16, 127, 128, 255, 4095]],
    [
      '12 bits at the upper end, signed',
      { bitsStored: 12, highBit: 15, isSigned: true },
      [0, 0, 15, 16, 127, 128, 255, -1],
    ],
    ['1 bit', { bitsStored: 1 }, [0, 1, 1, 0, 1, 0, 1, 1]],
  ])('%s', async (_, bits, expected) => {
    const layout = { ...size, ...bits };
    expect(await valuesOf({ layout, pixels: wordBytes(words) })).toEqual(expected);
    const swapped = wordBytes(words).swap16();
    expect(await valuesOf({ layout, pixels: swapped, syntax: uids.bigEndian })).toEqual(expected);
  });

  it.each([
    ['unsigned', { bitsStored: 8 }, [0, 1, 127, 128, 200, 255, 7, 9]],
    ['signed', { isSigned: true }, [0, 1, 127, -128, -56, -1, 7, 9]],
    ['6 of 8 bits', { bitsStored: 6 }, [0, 1, 63, 0, 8, 63, 7, 9]],
  ])('8 bits, %s', async (_, bits, expected) => {
    const pixels = Uint8Array.of(0, 1, 127, 128, 200, 255, 7, 9);
    const layout = { ...size, bitsAllocated: 8, ...bits };
    expect(await valuesOf({ layout, pixels, pixelType: 'OB' })).toEqual(expected);
    expect(await valuesOf({ layout, pixels, pixelType: 'OB', syntax: uids.bigEndian })).toEqual(expected);
    // In words of a big endian file the bytes of each pair change places.
    const swapped = Buffer.from(pixels).swap16();
    expect(await valuesOf({ layout, pixels: swapped, syntax: uids.bigEndian })).toEqual(expected);
  });

  it.each([['implicit'], ['deflated'], ['explicit']] as const)('%s little endian', async (name) => {
    const plan = { layout: size, pixels: wordBytes(words), syntax: uids[name] };
    expect(await valuesOf(plan)).toEqual(words);
  });

  it.each([
    ['explicit', 'explicit little endian'],
    ['implicit', 'implicit little endian'],
    ['bigEndian', 'explicit big endian'],
  ] as const)('without a meta header, %s', async (name, sentence) => {
    const pixels = name === 'bigEndian' ? wordBytes(words).swap16() : wordBytes(words);
    const more: HandMadeElement[] = [
      [tags.specificCharacterSet, 'CS', 'ISO_IR 100'],
      [tags.modality, 'CS', 'CR'],
    ];
    const bytes = write({ layout: size, more, pixels, syntax: uids[name], isBare: true });
    const picture = await decodeDicom(bytes, 'bare.dcm');
    expect(picture).toMatchObject({ values: Float32Array.from(words) });
    expect(picture.warnings.join()).toContain(sentence);
    expect((await decodePictureBytes(bytes, 'bare.png')).format).toBe('dicom');
  });

  it('is read as it is written where the meta header says otherwise', async () => {
    const bytes = write({ layout: size, pixels: wordBytes(words), syntax: uids.implicit });
    // The meta header now claims explicit little endian, in as many bytes.
    const uid = bytes.indexOf(`${uids.implicit}\0`);
    const mislabelled = Buffer.concat([
      bytes.subarray(0, uid - 2),
      Buffer.of(20, 0),
      Buffer.from(`${uids.explicit}\0`),
      bytes.subarray(uid + uids.implicit.length + 1),
    ]);
    const picture = await decodeDicom(mislabelled, 'mislabelled.dcm');
    expect(picture).toMatchObject({ values: Float32Array.from(words) });
    expect(picture.warnings.join()).toContain('not written as its transfer syntax');
  });

  it('chooses a frame and says so', async () => {
    const plan = { layout: { ...size, frames: 3 }, pixels: wordBytes([...words, ...words.toReversed(), ...words]) };
    expect(await valuesOf(plan)).toEqual(words);
    expect(await valuesOf(plan, { frame: 1 })).toEqual(words.toReversed());
    const { warnings, frame } = await decodeDicom(write(plan), 'made.dcm', { frame: 2 });
    expect(frame).toBe(2);
    expect(warnings).toContain('The file holds 3 frames; only number 3 is read.');
    expect(await failureOf(write(plan), { frame: 3 })).toMatchObject({ code: 'request/invalid' });
    expect(await failureOf(write(plan), { frame: 0.5 })).toMatchObject({ code: 'request/invalid' });
  });

  it('passes over long types that its parser does not know', async () => {
    const more = [['x00720083', 'OV', new Uint8Array(16)] as const];
    expect(await valuesOf({ layout: size, more, pixels: wordBytes(words) })).toEqual(words);
  });
});

describe('compressed grey', () => {
  const pixels = Array.from({ length: 2 }, (_, y) => Array.from({ length: 4 }, (__, x) => [words[y * 4 + x] ?? 0]));
  const stream = writeLosslessJpeg({ pixels, precision: 16 }, 1);
  const syntax = uids.jpegLossless;

  it('lossless JPEG, unsigned and signed', async () => {
    const plan = { layout: size, pixels: { fragments: [stream] }, syntax };
    expect(await valuesOf(plan)).toEqual(words);
    const signed = await valuesOf({ ...plan, layout: { ...size, isSigned: true } });
    expect(signed).toEqual([0, 1, 255, 256, 2047, 2048, 4095, -1]);
  });

  const even = stream.subarray(0, 100);
  const tail = stream.subarray(100);
  const frames = { ...size, frames: 2 };
  const second = writeLosslessJpeg({ pixels: pixels.toReversed(), precision: 16 }, 1);

  it.each([
    ['one frame in two fragments', { ...size }, { fragments: [even, tail] }, 0],
    ['a fragment for each frame', frames, { fragments: [stream, second] }, 1],
    [
      'three fragments, told apart by the offset table',
      frames,
      { fragments: [even, tail, second], offsets: [0, 116 + tail.length + (tail.length % 2)] },
      1,
    ],
    ['three fragments, told apart by how streams begin', frames, { fragments: [even, tail, second] }, 1],
  ])('%s', async (_, layout, fragments, frame) => {
    const expected = frame === 0 ? words : [...words.slice(4), ...words.slice(0, 4)];
    expect(await valuesOf({ layout, pixels: fragments, syntax }, { frame })).toEqual(expected);
  });

  it('refuses frames that cannot be told apart or are missing', async () => {
    const layout = { ...size, frames: 4 };
    const bytes = write({ layout, pixels: { fragments: [even, tail, second] }, syntax });
    expect(await failureOf(bytes)).toMatchObject({ code: 'picture/unreadable' });
    const whole = write({ layout: size, pixels: { fragments: [stream] }, syntax });
    expect(await failureOf(whole.subarray(0, whole.length - 60))).toMatchObject({ code: 'picture/unreadable' });
    expect(await failureOf(write({ layout: size, pixels: { fragments: [] }, syntax }))).toMatchObject({
      code: 'picture/unreadable',
    });
  });

  it('refuses a stream of another size than the header says', async () => {
    const layout = { columns: 5, rows: 2 };
    const failure = await failureOf(write({ layout, pixels: { fragments: [stream] }, syntax }));
    expect(failure).toMatchObject({ code: 'picture/unreadable' });
    expect(String(failure)).toContain('4 x 2 pixels, 1 x 16 bits, its header says 5 x 2 pixels');
  });

  it('refuses an RLE frame that ends early or claims too many segments', async () => {
    const header = Buffer.alloc(64);
    header.writeUInt32LE(2, 0);
    header.writeUInt32LE(64, 4);
    header.writeUInt32LE(66, 8);
    const rle = (...data: number[]): Buffer =>
      write({
        layout: size,
        pixels: { fragments: [Buffer.concat([header, Buffer.from(data)])] },
        syntax: uids.rle,
      });
    expect(await failureOf(rle(0xf9, 1, 0xf9, 2))).toBe('no failure');
    expect(await failureOf(rle(0xf9, 1, 0xfa, 2))).toMatchObject({ code: 'picture/unreadable' });
    header.writeUInt32LE(3, 0);
    expect(String(await failureOf(rle(0xf9, 1, 0xf9, 2)))).toContain('3 segments instead of 2');
  });
});

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
    expect(await valuesOf({ layout: { ...layout, isPlanar: false }, pixels: rgb })).toEqual([...rgb]);
    expect(await valuesOf({ layout: { ...layout, isPlanar: true }, pixels: planes })).toEqual([...rgb]);
  });

  it('RGB of more than 8 bits keeps the upper eight', async () => {
    const deep = wordBytes([...rgb].map((sample) => sample * 16 + 9));
    const picture = await valuesOf({ layout: { ...layout, bitsAllocated: 16, bitsStored: 12 }, pixels: deep });
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
    isNear(await valuesOf({ layout: strip, pixels: Uint8Array.from(ybr.flat()) }), colors.flat());
  });

  it('YBR_FULL_422 holds two pixels in Y Y Cb Cr', async () => {
    const strip = { ...layout, columns: 12, rows: 1, photometric: 'YBR_FULL_422' };
    const pairs = Uint8Array.from(ybr.flatMap(([luma = 0, blue = 0, red = 0]) => [luma, luma, blue, red]));
    isNear(
      await valuesOf({ layout: strip, pixels: pairs }),
      colors.flatMap((color) => [...color, ...color]),
    );
    const full = Uint8Array.from(ybr.flatMap((pixel) => [...pixel, ...pixel]));
    isNear(
      await valuesOf({ layout: strip, pixels: full }),
      colors.flatMap((color) => [...color, ...color]),
    );
    const odd = { ...strip, columns: 11 };
    expect(await failureOf(write({ layout: odd, pixels: new Uint8Array(22) }))).toMatchObject({
      code: 'picture/unreadable',
    });
  });

  it('RLE and lossless JPEG in YBR_FULL are converted too, once', async () => {
    const strip = { ...layout, rows: 1, photometric: 'YBR_FULL' };
    const stream = writeLosslessJpeg({ pixels: [ybr], precision: 8 }, 1);
    isNear(
      await valuesOf({ layout: strip, pixels: { fragments: [stream] }, syntax: uids.jpegLossless }),
      colors.flat(),
    );
    const header = Buffer.alloc(64);
    [3, 64, 72, 80].forEach((value, at) => header.writeUInt32LE(value, at * 4));
    const segments = [0, 1, 2].flatMap((plane) => [5, ...ybr.map((pixel) => pixel[plane] ?? 0), 128]);
    const rle = Buffer.concat([header, Buffer.from(segments)]);
    isNear(await valuesOf({ layout: strip, pixels: { fragments: [rle] }, syntax: uids.rle }), colors.flat());
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
      isNear(await valuesOf(plan), [...smooth]);
    }
  });

  it('baseline JPEG of RGB without a marker that says so is not taken for YCbCr', async () => {
    const grey = await sharp(new Uint8Array(64).fill(200), { raw: { width: 8, height: 8, channels: 1 } })
      .jpeg({ quality: 100 })
      .toBuffer();
    const stream = threefold(grey);
    const square = { ...layout, columns: 8, rows: 8 };
    const plan = { pixels: { fragments: [stream] }, syntax: uids.jpegBaseline };
    isNear(await valuesOf({ layout: square, ...plan }), Array<number>(192).fill(200));
    const asYbr = await valuesOf({ layout: { ...square, photometric: 'YBR_FULL' }, ...plan });
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
  ])('palette with %s', async (_, bits, entries, first, indices) => {
    const descriptor = [entries.length, first, bits];
    const more = paletteElements(descriptor, wordBytes(entries));
    const strip = { columns: 3, rows: 1, bitsAllocated: 8, photometric: 'PALETTE COLOR' };
    const pixels = Uint8Array.from([...indices, 0]);
    expect(await valuesOf({ layout: strip, more, pixels })).toEqual([0, 0, 0, 128, 128, 128, 255, 255, 255]);
  });

  it('palette of 8-bit entries packed two to a word', async () => {
    const strip = { columns: 4, rows: 1, bitsAllocated: 8, photometric: 'PALETTE COLOR' };
    const more = paletteElements([4, 0, 8], Uint8Array.of(5, 6, 7, 8));
    const expected = [8, 8, 8, 7, 7, 7, 6, 6, 6, 5, 5, 5];
    expect(await valuesOf({ layout: strip, more, pixels: Uint8Array.of(3, 2, 1, 0) })).toEqual(expected);
  });

  it('palette of 65,536 entries, written as 0', async () => {
    const strip = { columns: 2, rows: 1, photometric: 'PALETTE COLOR' };
    const entries = wordBytes(Uint16Array.from({ length: 65_536 }, (_, at) => at));
    const more = paletteElements([0, 0, 16], entries);
    expect(await valuesOf({ layout: strip, more, pixels: wordBytes([65_535, 0x1234]) })).toEqual([
      255, 255, 255, 18, 18, 18,
    ]);
  });

  it('palette of signed pixels with a negative first entry', async () => {
    const strip = { columns: 3, rows: 1, photometric: 'PALETTE COLOR', isSigned: true };
    const more = paletteElements([3, -1, 16], wordBytes([0, 128 * 257, 65_535]));
    expect(await valuesOf({ layout: strip, more, pixels: wordBytes([-1, 0, 1]) })).toEqual([
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

describe('what is refused', () => {
  const pixels = wordBytes(words);
  const unsupported = 'picture/unsupported';
  const unreadable = 'picture/unreadable';
  it.each([
    [
      'an unknown transfer syntax',
      { layout: size, pixels, syntax: '1.2.840.10008.1.2.4.100' },
      unsupported,
      '1.2.840.10008.1.2.4.100',
    ],
    ['32 bits', { layout: { ...size, bitsAllocated: 32 }, pixels }, unsupported, '32 bits'],
    ['two samples per pixel', { layout: { ...size, samplesPerPixel: 2 }, pixels }, unsupported, '2 samples'],
    [
      'a photometric interpretation of its own',
      { layout: { ...size, photometric: 'HSV' }, pixels },
      unsupported,
      'HSV',
    ],
    ['grey in three samples', { layout: { ...size, samplesPerPixel: 3 }, pixels }, unreadable, 'MONOCHROME2 with 3'],
    ['more bits than there are', { layout: { ...size, bitsStored: 17 }, pixels }, unreadable, '17 of 16 bits'],
    ['no size', { layout: { columns: 0, rows: 2 }, pixels }, unreadable, 'rows and columns'],
    ['no pixels', { layout: size }, unsupported, 'holds no picture'],
    ['a palette that is absent', { layout: { ...size, photometric: 'PALETTE COLOR' }, pixels }, unsupported, 'palette'],
    ['pixels that are cut off', { layout: { ...size, rows: 3 }, pixels }, unreadable, 'need 24 bytes and 16 are there'],
    ['too many pixels', { layout: { columns: 60_000, rows: 60_000 }, pixels }, unsupported, 'megapixels'],
    [
      'fragments under an uncompressed syntax',
      { layout: size, pixels: { fragments: [pixels] } },
      unreadable,
      'compressed pieces',
    ],
    [
      'one piece under a compressed syntax',
      { layout: size, pixels, syntax: uids.jpeg2000 },
      unreadable,
      'uncompressed piece',
    ],
    [
      'no JPEG under a JPEG syntax',
      { layout: size, pixels: { fragments: [pixels] }, syntax: uids.jpegBaseline },
      unreadable,
      'JPEG',
    ],
  ] as const)('%s', async (_, plan, code, words_) => {
    const failure = await failureOf(write(plan as Plan));
    expect(failure).toMatchObject({ code });
    expect(String(failure)).toContain(words_);
    expect(String(failure)).toContain('made.dcm');
  });

  it('floating-point pixels', async () => {
    const more = [[tags.floatPixels, 'OF', new Uint8Array(32)] as const];
    expect(String(await failureOf(write({ layout: size, more })))).toContain('floating-point');
  });

  it('what is not DICOM', async () => {
    expect(await failureOf(Buffer.from('not a picture'))).toMatchObject({ code: unsupported });
    expect(await failureOf(Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]))).toMatchObject({
      code: unreadable,
    });
  });
});
