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
import { createRandom, flipBits, overwriteEnds, splice, truncate } from './seeded-mutations.ts';

const MUTATIONS_PER_PICTURE = 600;
/** Each CMYK picture costs a color conversion of some 50 ms. */
const CMYK_MUTATIONS = 20;
const MEMORY_BOUND = 1_000_000_000;

/** Headers stand at the front (and a TIFF's directory at the end): hit them harder than the pixels. */
const mutations = [flipBits, overwriteEnds(80), truncate, splice];

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
