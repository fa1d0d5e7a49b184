import sharp from 'sharp';
import { expect, it } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { decodePictureBytes } from './decode-picture.ts';
import {
  patternBytes,
  patternWords,
  toBigEndianRows,
  writeHandMadePng,
  writeHandMadeTiff,
} from './hand-made-pictures.ts';

const MUTATIONS_PER_PICTURE = 600;
/** Each CMYK picture costs a color conversion of some 50 ms. */
const CMYK_MUTATIONS = 20;
const MEMORY_BOUND = 1_000_000_000;

/** A small seeded generator (mulberry32): the same mutations on every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.trunc((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Mutation = (bytes: Buffer, random: (below: number) => number) => Buffer;

const flipBits: Mutation = (bytes, random) => {
  const mutated = Buffer.from(bytes);
  for (let flips = 1 + random(6); flips > 0; flips--) {
    const at = random(mutated.length);
    mutated[at] = (mutated[at] ?? 0) ^ (1 << random(8));
  }
  return mutated;
};

/** Headers stand at the front (and a TIFF's directory at the end): hit them harder than the pixels. */
const overwriteHeader: Mutation = (bytes, random) => {
  const mutated = Buffer.from(bytes);
  const reach = Math.min(80, mutated.length);
  const at = random(2) === 0 ? random(reach) : mutated.length - 1 - random(reach);
  for (let run = 1 + random(4); run > 0; run--)
    mutated[Math.min(at + run, mutated.length - 1)] = [0, 1, 127, 128, 255][random(5)] ?? 0;
  return mutated;
};

const truncate: Mutation = (bytes, random) => bytes.subarray(0, random(bytes.length));

const splice: Mutation = (bytes, random) => {
  const from = random(bytes.length);
  const piece = bytes.subarray(from, from + random(40));
  const to = random(bytes.length);
  return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to + random(40))]);
};

const mutations = [flipBits, overwriteHeader, truncate, splice];

interface Subject {
  readonly bytes: Buffer;
  readonly rounds: number;
}

async function writeSubjects(): Promise<Subject[]> {
  const [width, height] = [24, 18];
  const words = patternWords(width * height);
  const color = sharp(patternBytes(width * height * 3), { raw: { width, height, channels: 3 } });
  const pictures = [
    writeHandMadePng({ width, height, bitDepth: 16, colorType: 0, rows: toBigEndianRows(words, width) }),
    await color.clone().png({ palette: true, progressive: true }).toBuffer(),
    await color.clone().jpeg().toBuffer(),
    await color
      .clone()
      .jpeg({ progressive: true, chromaSubsampling: '4:4:4' })
      .withExif({ IFD0: { Artist: 'x' } })
      .toBuffer(),
    writeHandMadeTiff({ width, height, channels: 1, depth: 16, samples: words, pages: 2 }),
    await color.clone().tiff({ compression: 'lzw', tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer(),
    await color.clone().tiff({ compression: 'jpeg' }).toBuffer(),
  ];
  const cmyk = await color.clone().toColourspace('cmyk').jpeg().toBuffer();
  return [
    ...pictures.map((bytes) => ({ bytes, rounds: MUTATIONS_PER_PICTURE })),
    { bytes: cmyk, rounds: CMYK_MUTATIONS },
  ];
}

async function outcomeOf(bytes: Buffer): Promise<string> {
  try {
    const picture = await decodePictureBytes(bytes, 'mutant');
    return picture.samples.length === picture.width * picture.height * picture.channels ? 'read' : 'wrong length';
  } catch (error) {
    return error instanceof LightboxError ? error.code : String(error);
  }
}

it('answers thousands of damaged pictures with pixels or a named error', async () => {
  const random = createRandom(20_261_123);
  const outcomes = new Map<string, number>();
  for (const { bytes, rounds } of await writeSubjects()) {
    for (let round = 0; round < rounds; round++) {
      const mutate = mutations[round % mutations.length] ?? flipBits;
      const outcome = await outcomeOf(mutate(bytes, random));
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  }
  const known = ['read', 'picture/unreadable', 'picture/unsupported'];
  expect([...outcomes.keys()].filter((outcome) => !known.includes(outcome))).toEqual([]);
  expect(outcomes.get('read')).toBeGreaterThan(100);
  expect(outcomes.get('picture/unreadable')).toBeGreaterThan(1000);
  expect(process.memoryUsage().rss).toBeLessThan(MEMORY_BOUND);
});
