import { crc32, deflateSync } from 'node:zlib';

// Encoders of our own for tests: what they write is known to the byte, whatever sharp does on the way back.

export interface PngPlan {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 1 | 2 | 4 | 8 | 16;
  /** PNG color types: grey, RGB, palette, grey + alpha, RGB + alpha. */
  readonly colorType: 0 | 2 | 3 | 4 | 6;
  /** Rows as they stand in the file, without filter bytes. */
  readonly rows: readonly Uint8Array[];
  readonly extraChunks?: readonly [kind: string, content: Uint8Array][];
}

export function writeHandMadePng(plan: PngPlan): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(plan.width, 0);
  header.writeUInt32BE(plan.height, 4);
  header[8] = plan.bitDepth;
  header[9] = plan.colorType;
  const content = Buffer.concat(plan.rows.flatMap((row) => [Buffer.of(0), row]));
  const chunks: [string, Uint8Array][] = [
    ['IHDR', header],
    ...(plan.extraChunks ?? []),
    ['IDAT', deflateSync(content)],
    ['IEND', Buffer.alloc(0)],
  ];
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    ...chunks.map(([kind, bytes]) => pngChunk(kind, bytes)),
  ]);
}

function pngChunk(kind: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

export interface TiffPlan {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly depth: 8 | 16;
  readonly samples: Uint8Array | Uint16Array;
  readonly orientation?: number;
  /** Repeat the same picture as this many pages. */
  readonly pages?: number;
}

const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;

/** An uncompressed little-endian TIFF with one strip. */
export function writeHandMadeTiff(plan: TiffPlan): Buffer {
  const pixels = Buffer.from(plan.samples.buffer, plan.samples.byteOffset, plan.samples.byteLength);
  const bitsAt = 8 + pixels.length;
  const firstDirectory = bitsAt + 6;
  const bits = Buffer.alloc(6);
  for (const at of [0, 2, 4]) bits.writeUInt16LE(plan.depth, at);
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, LONG, 1, plan.width],
    [257, LONG, 1, plan.height],
    [258, SHORT, plan.channels, plan.channels === 1 ? plan.depth : bitsAt],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, plan.channels === 1 ? 1 : 2],
    [273, LONG, 1, 8],
    [274, SHORT, 1, plan.orientation ?? 1],
    [277, SHORT, 1, plan.channels],
    [278, LONG, 1, plan.height],
    [279, LONG, 1, pixels.length],
  ];
  const directoryBytes = 2 + entries.length * ENTRY_BYTES + 4;
  const pages = plan.pages ?? 1;
  const directories = Array.from({ length: pages }, (_, page) => {
    const directory = Buffer.alloc(directoryBytes);
    directory.writeUInt16LE(entries.length, 0);
    entries.forEach(([tag, type, count, value], at) => {
      const offset = 2 + at * ENTRY_BYTES;
      directory.writeUInt16LE(tag, offset);
      directory.writeUInt16LE(type, offset + 2);
      directory.writeUInt32LE(count, offset + 4);
      directory.writeUInt32LE(value, offset + 8);
    });
    directory.writeUInt32LE(page + 1 < pages ? firstDirectory + (page + 1) * directoryBytes : 0, directoryBytes - 4);
    return directory;
  });
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]);
  header.writeUInt32LE(firstDirectory, 4);
  return Buffer.concat([header, pixels, bits, ...directories]);
}

/** Rows of 16-bit big-endian samples, as PNG wants them. */
export function toBigEndianRows(samples: Uint16Array, samplesPerRow: number): Buffer[] {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, at) => bytes.writeUInt16BE(sample, at * 2));
  const rowBytes = samplesPerRow * 2;
  return Array.from({ length: samples.length / samplesPerRow }, (_, row) =>
    bytes.subarray(row * rowBytes, (row + 1) * rowBytes),
  );
}

/** A picture's worth of repeatable, irregular samples; the same formula was given to the reference implementations. */
export const patternBytes = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * i * 31 + i * 17 + Math.trunc(i / 7) * 91) % 256);

export const patternWords = (length: number): Uint16Array =>
  Uint16Array.from({ length }, (_, i) => (i * i * 7919 + i * 101) % 65_536);
