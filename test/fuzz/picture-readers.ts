import sharp from 'sharp';
import { decodePictureBytes, readDicomHeader } from '#core/imaging/index.ts';
import { writeHighThroughput, writeJpeg2000, writeJpegLs } from '#core/imaging/dicom/hand-made-codestreams.ts';
import { layoutElements, uids, wordBytes, writeHandMadeDicom } from '#core/imaging/dicom/hand-made-dicom.ts';
import type { HandMadeDicom, HandMadeElement } from '#core/imaging/dicom/hand-made-dicom.ts';
import { writeDctJpeg, writeLosslessJpeg } from '#core/imaging/dicom/jpeg/hand-made-jpeg.ts';
import { tags } from '#core/imaging/dicom/tags.ts';
import { patternBytes, patternWords, toBigEndianRows, writeHandMadePng, writeHandMadeTiff } from '#core/imaging/hand-made-pictures.ts'; // prettier-ignore
import { flipBits, overwriteEnds, splice, truncate } from '#core/imaging/seeded-mutations.ts';
import type { Mutation } from '#core/imaging/seeded-mutations.ts';
import { readNpy, writeNpy } from '#shared/npy.ts';
import type { FuzzReader, Subject } from './fuzz-reader.ts';

async function decode(bytes: Buffer): Promise<void> {
  const { samples, width, height, channels } = await decodePictureBytes(bytes, 'mutant');
  if (samples.length !== width * height * channels) throw new Error('The picture has another length than it says.');
}

const nothing = (): Promise<void> => Promise.resolve();

export const pictureReader: FuzzReader = {
  share: 25,
  memoryBytes: 1_000_000_000,
  codes: /^picture\/(unreadable|unsupported)$/,
  open: async () => ({ subjects: await drawPictures(), read: decode, close: nothing }),
};

async function drawPictures(): Promise<readonly Subject[]> {
  const [width, height] = [24, 18];
  const words = patternWords(width * height);
  const color = sharp(patternBytes(width * height * 3), { raw: { width, height, channels: 3 } });
  const usual = [
    writeHandMadePng({ width, height, bitDepth: 16, colorType: 0, rows: toBigEndianRows(words, width) }),
    await color.clone().png({ palette: true, progressive: true }).toBuffer(),
    await color.clone().jpeg().toBuffer(),
    await color.clone().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    writeHandMadeTiff({ width, height, channels: 1, depth: 16, samples: words, pages: 2 }),
    await color.clone().tiff({ compression: 'lzw', tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer(),
    await color.clone().tiff({ compression: 'deflate', predictor: 'horizontal' }).toBuffer(),
    await color.clone().tiff({ compression: 'jpeg' }).toBuffer(),
  ];
  const cmyk = await color.clone().toColourspace('cmyk').jpeg().toBuffer();
  return [...usual.map((bytes) => ({ bytes, weight: 100 })), { bytes: cmyk, weight: 2 }];
}

/** Lengths, types and numbers of the header decide most; the preamble decides nothing. */
const damageHeader: Mutation = (bytes, random) => {
  const front = bytes.subarray(128);
  if (front.length === 0) return bytes;
  return Buffer.concat([bytes.subarray(0, 128), overwriteEnds(900)(front, random)]);
};

const dicomMutations = [flipBits, damageHeader, truncate, splice, damageHeader];

export const dicomReader: FuzzReader = {
  share: 25,
  memoryBytes: 1_500_000_000,
  codes: /^picture\/(unreadable|unsupported)$/,
  open: async () => ({
    subjects: (await drawFilms()).map((subject) => ({ ...subject, mutations: dicomMutations })),
    read: async (bytes) => {
      await readDicomHeader(bytes, 'mutant').catch(() => undefined);
      await decode(bytes);
    },
    close: nothing,
  }),
};

async function drawFilms(): Promise<readonly Subject[]> {
  const [columns, rows] = [64, 40];
  const words = patternWords(columns * rows);
  const grey = layoutElements({ columns, rows });
  const more: HandMadeElement[] = [
    [tags.specificCharacterSet, 'CS', 'ISO_IR 192'],
    [tags.pixelPadding, 'US', [0]],
    [tags.windowCenter, 'DS', '400\\900'],
    [tags.windowWidth, 'DS', '1001\\2001'],
    [tags.voiLut, 'SQ', [[[tags.lutDescriptor, 'US', [4, 0, 16]], [tags.lutTable, 'OW', [1, 2, 3, 4]]]]],
  ]; // prettier-ignore
  const write = (plan: Partial<HandMadeDicom>): Buffer =>
    writeHandMadeDicom({ elements: [...grey, ...more], pixels: wordBytes(words), ...plan });
  const packed = (stream: Uint8Array, syntax: string): Buffer =>
    write({ elements: grey, pixels: { fragments: [stream], offsets: [0] }, syntax });
  const pixels = Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (__, x) => [(words[y * columns + x] ?? 0) >> 4]),
  );
  const shape = { width: columns, height: rows, components: 1, precision: 16, bytes: wordBytes(words) };
  const color = layoutElements({ columns, rows, bitsAllocated: 8, samplesPerPixel: 3, photometric: 'YBR_FULL' });
  const plain = [
    ...[{}, { syntax: uids.implicit }, { syntax: uids.bigEndian }, { syntax: uids.deflated }].map(write),
    write({ syntax: uids.implicit, isBare: true }),
    write({ elements: color, pixels: patternBytes(columns * rows * 3) }),
    packed(writeLosslessJpeg({ pixels, precision: 12 }, 4), uids.jpegLossless),
    packed(writeDctJpeg({ pixels, precision: 12, restartInterval: 3 }, [0x11]), uids.jpegExtended),
  ];
  const threaded = [
    packed(await writeJpegLs(shape, 0), uids.jpegLs),
    packed(await writeJpeg2000(shape), uids.jpeg2000),
    packed(await writeHighThroughput(shape), uids.htj2k),
  ];
  // A damaged stream costs its codec a thread, some 100 ms.
  return [...plain.map((bytes) => ({ bytes, weight: 100 })), ...threaded.map((bytes) => ({ bytes, weight: 3 }))];
}

export const npyReader: FuzzReader = {
  share: 5,
  memoryBytes: 500_000_000,
  codes: /^request\/invalid$/,
  open: () =>
    Promise.resolve({
      subjects: [new Float32Array(60), new Uint16Array(60), new BigInt64Array(60)].map((values) => ({
        bytes: Buffer.from(writeNpy({ shape: [3, 4, 5], values })),
        weight: 1,
      })),
      read: (bytes) => {
        const { shape, values } = readNpy(bytes, 'mutant');
        const count = shape.reduce((product, length) => product * length, 1);
        if (values.length !== count) throw new Error('The array has another length than it says.');
        return Promise.resolve();
      },
      close: nothing,
    }),
};
