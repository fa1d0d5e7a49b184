import { crc32, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeUndamaged } from './decode-undamaged.ts';
import { patternBytes, writeHandMadePng, type PngPlan } from './hand-made-pictures.ts';
import { readPictureHeader } from './pixel-codec.ts';
import { decodePlainPng } from './plain-png.ts';
import { createRandom, flipBits, overwriteEnds, splice, truncate, type Random } from './seeded-mutations.ts';

const channelsOf = { 0: 1, 2: 3, 6: 4 } as const;
type ColorType = keyof typeof channelsOf;

function plan(colorType: ColorType, width: number, height: number): PngPlan {
  const length = width * channelsOf[colorType];
  const bytes = patternBytes(length * height);
  const rows = Array.from({ length: height }, (_, y) => bytes.subarray(y * length, (y + 1) * length));
  return { width, height, bitDepth: 8, colorType, rows };
}

/** What libvips makes of it; undefined where it complains of anything. */
async function decodeWithLibrary(file: Buffer): Promise<Buffer | undefined> {
  try {
    const { space } = await readPictureHeader(file);
    const settings = { space: space === 'b-w' ? 'b-w' : 'srgb', name: 'png' } as const;
    const { pixels, damage } = await decodeUndamaged(file, settings);
    return damage.length === 0 ? pixels.bytes : undefined;
  } catch {
    return undefined;
  }
}

interface Chunk {
  readonly kind: string;
  readonly content: Buffer;
}

function splitChunks(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let offset = 8; offset < file.length; offset += 12 + file.readUInt32BE(offset)) {
    const end = offset + 8 + file.readUInt32BE(offset);
    chunks.push({ kind: file.toString('latin1', offset + 4, offset + 8), content: file.subarray(offset + 8, end) });
  }
  return chunks;
}

/** With right check sums, whatever the chunks hold. */
function joinChunks(chunks: readonly Chunk[]): Buffer {
  const framed = chunks.map(({ kind, content }) => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  });
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...framed]);
}

describe('reads the same pixels as libvips', () => {
  it.each([0, 2, 6] as const)('color type %d, every filter', async (colorType) => {
    const picture = plan(colorType, 23, 15);
    // Filter types in turn: the stored bytes then mean other pixels, which both decoders have to agree on.
    const content = Buffer.concat(picture.rows.flatMap((row, y) => [Buffer.of(y % 5), row]));
    const chunks = splitChunks(writeHandMadePng(picture));
    const file = joinChunks(
      chunks.map((chunk) => (chunk.kind === 'IDAT' ? { kind: 'IDAT', content: deflateSync(content) } : chunk)),
    );
    const channels = channelsOf[colorType];
    expect(decodePlainPng(file)).toMatchObject({ width: 23, height: 15, channels });
    expect(decodePlainPng(file)?.bytes).toEqual(await decodeWithLibrary(file));
  });

  it('of files that libvips itself wrote, with any filter and effort', async () => {
    const sizes = fc.integer({ min: 1, max: 40 });
    const pictures = fc.record({
      ...{ width: sizes, height: sizes, channels: fc.constantFrom(1, 3, 4), seed: fc.nat() },
      ...{ adaptiveFiltering: fc.boolean(), compressionLevel: fc.integer({ min: 0, max: 9 }) },
    });
    await fc.assert(
      fc.asyncProperty(pictures, async ({ width, height, channels, seed, ...png }) => {
        const random = createRandom(seed);
        const pixels = Uint8Array.from({ length: width * height * channels }, () => random(256));
        const raw = { width, height, channels };
        const space = channels === 1 ? 'b-w' : 'srgb';
        const file = await sharp(pixels, { raw }).toColourspace(space).png(png).toBuffer();
        expect(new Uint8Array(decodePlainPng(file)?.bytes ?? [])).toEqual(pixels);
      }),
      { numRuns: 60 },
    );
  });

  it('with the content in several chunks, and harmless chunks before it', () => {
    const file = writeHandMadePng({ ...plan(0, 9, 9), extraChunks: [['gAMA', Buffer.from([0, 1, 134, 160])]] });
    const cut = splitChunks(file).flatMap((chunk) =>
      chunk.kind === 'IDAT'
        ? [chunk.content.subarray(0, 5), chunk.content.subarray(5)].map((content) => ({ kind: 'IDAT', content }))
        : [chunk],
    );
    expect(decodePlainPng(joinChunks(cut))).toEqual(decodePlainPng(writeHandMadePng(plan(0, 9, 9))));
  });
});

describe('leaves to libvips', () => {
  const small = plan(0, 9, 9);
  const chunks = splitChunks(writeHandMadePng(small));
  const replace = (kind: string, content: Buffer): Buffer =>
    joinChunks(chunks.map((chunk) => (chunk.kind === kind ? { kind, content } : chunk)));
  const rows = inflateSync(chunks.find(({ kind }) => kind === 'IDAT')?.content ?? Buffer.alloc(0));
  const huge = Buffer.from(chunks[0]?.content ?? []);
  huge.writeUInt32BE(100_000, 0);
  huge.writeUInt32BE(100_000, 4);
  const whole = writeHandMadePng(small);
  const flipped = Buffer.from(whole);
  flipped[50] = (flipped[50] ?? 0) ^ 1;

  it.each([
    ['another depth', writeHandMadePng({ ...small, bitDepth: 4, rows: small.rows.map((row) => row.subarray(0, 5)) })],
    [
      'grey with alpha',
      writeHandMadePng({ ...small, colorType: 4, rows: small.rows.map((row) => Buffer.concat([row, row])) }),
    ],
    ['a palette', writeHandMadePng({ ...small, colorType: 3, extraChunks: [['PLTE', Buffer.alloc(768)]] })],
    ['a transparent color', writeHandMadePng({ ...small, extraChunks: [['tRNS', Buffer.of(0, 7)]] })],
    ['a color profile', writeHandMadePng({ ...small, extraChunks: [['iCCP', Buffer.from('x\0\0')]] })],
    ['an orientation', writeHandMadePng({ ...small, extraChunks: [['eXIf', Buffer.from('MM\0*')]] })],
    ['an animation', writeHandMadePng({ ...small, extraChunks: [['acTL', Buffer.alloc(8)]] })],
    [
      'a chunk that stands twice',
      writeHandMadePng({
        ...small,
        extraChunks: [
          ['sRGB', Buffer.of(0)],
          ['sRGB', Buffer.of(0)],
        ],
      }),
    ],
    ['pixels without end by the header', replace('IHDR', huge)],
    ['a wrong check sum', flipped],
    ['a file cut off', whole.subarray(0, -20)],
    ['a file without its last chunk', whole.subarray(0, -12)],
    ['bytes behind the last chunk', Buffer.concat([whole, Buffer.of(0)])],
    ['a row too few', replace('IDAT', deflateSync(rows.subarray(10)))],
    ['a row too many', replace('IDAT', deflateSync(Buffer.concat([rows, rows.subarray(0, 10)])))],
    ['a stream that goes on behind its end', replace('IDAT', Buffer.concat([deflateSync(rows), Buffer.of(0)]))],
    ['a stream that is cut off', replace('IDAT', deflateSync(rows).subarray(0, -3))],
    ['a filter type there is not', replace('IDAT', deflateSync(Buffer.concat([Buffer.of(5), rows.subarray(1)])))],
    ['a signature alone', whole.subarray(0, 8)],
  ])('%s', (_, file) => {
    expect(decodePlainPng(file)).toBeUndefined();
  });
});

/** Damage inside chunks that are put together well again, so that it is not the check sums that tell. */
function damageInside(file: Buffer, random: Random): Buffer {
  const chunks = splitChunks(file);
  const hit = random(chunks.length);
  const mutate = [flipBits, overwriteEnds(10), truncate, splice][random(4)] ?? flipBits;
  const mutated = chunks.map((chunk, at) =>
    at === hit && chunk.content.length > 0 ? { ...chunk, content: mutate(chunk.content, random) } : chunk,
  );
  return joinChunks(mutated);
}

it('never takes a damaged picture for a whole one', async () => {
  const random = createRandom(20_261_127);
  const files = ([0, 2, 6] as const).map((colorType) => writeHandMadePng(plan(colorType, 12, 10)));
  let taken = 0;
  for (let round = 0; round < 1200; round++) {
    const mutated = damageInside(files[round % files.length] ?? Buffer.alloc(0), random);
    const plain = decodePlainPng(mutated);
    if (!plain) continue;
    taken++;
    expect(plain.bytes).toEqual(await decodeWithLibrary(mutated));
  }
  expect(taken).toBeGreaterThan(20);
});
