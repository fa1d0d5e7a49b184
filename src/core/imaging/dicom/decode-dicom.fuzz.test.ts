import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { decodePictureBytes } from '../decode-picture.ts';
import { patternBytes, patternWords } from '../hand-made-pictures.ts';
import { createRandom, flipBits, overwriteEnds, splice, truncate } from '../seeded-mutations.ts';
import type { Mutation, Random } from '../seeded-mutations.ts';
import { readDicomHeader } from './dicom-header.ts';
import { writeHighThroughput, writeJpeg2000, writeJpegLs } from './hand-made-codestreams.ts';
import { layoutElements, uids, wordBytes, writeHandMadeDicom } from './hand-made-dicom.ts';
import type { HandMadeDicom, HandMadeElement } from './hand-made-dicom.ts';
import { writeDctJpeg, writeLosslessJpeg } from './jpeg/hand-made-jpeg.ts';
import { tags } from './tags.ts';

const ROUNDS = 140;
/** A damaged stream costs its decoder a thread, some 100 ms. */
const THREAD_ROUNDS = 24;
const MEMORY_BOUND = 1_500_000_000;
const [columns, rows] = [64, 40];

const more: HandMadeElement[] = [
  [tags.specificCharacterSet, 'CS', 'ISO_IR 192'],
  [tags.modality, 'CS', 'CR'],
  [tags.pixelPadding, 'US', [0]],
  [tags.windowCenter, 'DS', '400\\900'],
  [tags.windowWidth, 'DS', '1001\\2001'],
  [
    tags.voiLut,
    'SQ',
    [
      [
        [tags.lutDescriptor, 'US', [4, 0, 16]],
        [tags.lutTable, 'OW', [1, 2, 3, 4]],
      ],
    ],
  ],
];
const words = patternWords(columns * rows);
const grey = layoutElements({ columns, rows });

const write = (plan: Partial<HandMadeDicom>): Buffer =>
  writeHandMadeDicom({ elements: [...grey, ...more], pixels: wordBytes(words), ...plan });

const packed = (stream: Uint8Array, syntax: string, elements = grey): Buffer =>
  write({ elements, pixels: { fragments: [stream], offsets: [0] }, syntax });

interface Subject {
  readonly bytes: Buffer;
  readonly rounds: number;
}

async function writeSubjects(): Promise<Subject[]> {
  const pixels = Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (__, x) => [(words[y * columns + x] ?? 0) >> 4]),
  );
  const shape = { width: columns, height: rows, components: 1, precision: 16, bytes: wordBytes(words) };
  const palette = [tags.redDescriptor, tags.greenDescriptor, tags.blueDescriptor].map(
    (tag) => [tag, 'US', [256, 0, 16]] as const,
  );
  const tables = [tags.redTable, tags.greenTable, tags.blueTable].map(
    (tag) => [tag, 'OW', wordBytes(patternWords(256))] as const,
  );
  const indexed = layoutElements({ columns, rows, bitsAllocated: 8, photometric: 'PALETTE COLOR' });
  const color = layoutElements({ columns, rows, bitsAllocated: 8, samplesPerPixel: 3, photometric: 'YBR_FULL' });
  const plain = [
    write({}),
    write({ syntax: uids.implicit }),
    write({ syntax: uids.bigEndian }),
    write({ syntax: uids.deflated }),
    write({ syntax: uids.implicit, isBare: true }),
    write({ elements: [...indexed, ...palette, ...tables], pixels: patternBytes(columns * rows) }),
    write({ elements: color, pixels: patternBytes(columns * rows * 3) }),
    packed(writeLosslessJpeg({ pixels, precision: 12 }, 4), uids.jpegLossless),
    packed(writeDctJpeg({ pixels, precision: 12, restartInterval: 3 }, [0x11]), uids.jpegExtended),
  ];
  const threaded = [
    packed(await writeJpegLs(shape, 0), uids.jpegLs),
    packed(await writeJpeg2000(shape), uids.jpeg2000),
    packed(await writeHighThroughput(shape), uids.htj2k),
  ];
  return [
    ...plain.map((bytes) => ({ bytes, rounds: ROUNDS })),
    ...threaded.map((bytes) => ({ bytes, rounds: THREAD_ROUNDS })),
    ...readSamples(),
  ];
}

/** Real files, where they are. */
function readSamples(): Subject[] {
  const folder = fileURLToPath(new URL('../../../../../shared/data/dicom/', import.meta.url));
  const names = ['MR_small.dcm', 'MR_small_RLE.dcm', 'SC_rgb_jpeg_dcmtk.dcm', 'no_meta.dcm', 'rtplan.dcm', 'badVR.dcm'];
  return names
    .filter((name) => existsSync(`${folder}${name}`))
    .map((name) => ({ bytes: readFileSync(`${folder}${name}`), rounds: ROUNDS }));
}

/** Lengths, types and numbers of the header decide most; the preamble decides nothing. */
const damageHeader: Mutation = (bytes, random) => {
  const front = bytes.subarray(128);
  return Buffer.concat([bytes.subarray(0, 128), overwriteEnds(900)(front, random)]);
};

const mutations = [flipBits, damageHeader, truncate, splice, damageHeader];

async function outcomeOf(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    return error instanceof LightboxError ? error.code : String(error);
  }
}

const decode = async (bytes: Buffer): Promise<string> => {
  const { samples, width, height, channels } = await decodePictureBytes(bytes, 'mutant');
  return samples.length === width * height * channels ? 'read' : 'wrong length';
};

const readHeader = async (bytes: Buffer): Promise<string> => {
  await readDicomHeader(bytes, 'mutant');
  return 'header read';
};

async function countOutcomes({ bytes, rounds }: Subject, random: Random): Promise<string[]> {
  const outcomes: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const mutant = (mutations[round % mutations.length] ?? flipBits)(bytes, random);
    outcomes.push(await outcomeOf(() => decode(mutant)), await outcomeOf(() => readHeader(mutant)));
  }
  return outcomes;
}

it('answers thousands of damaged DICOM files with pixels or a named error', { timeout: 300_000 }, async () => {
  const random = createRandom(20_261_127);
  const counts = new Map<string, number>();
  for (const subject of await writeSubjects()) {
    for (const outcome of await countOutcomes(subject, random)) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const known = ['read', 'header read', 'picture/unreadable', 'picture/unsupported'];
  expect([...counts.keys()].filter((outcome) => !known.includes(outcome))).toEqual([]);
  expect(counts.get('read')).toBeGreaterThan(500);
  expect(counts.get('picture/unreadable')).toBeGreaterThan(800);
  expect(process.memoryUsage().rss).toBeLessThan(MEMORY_BOUND);
});
