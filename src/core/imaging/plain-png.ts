import { crc32, inflateSync } from 'node:zlib';
import type { DecodedPixels } from './pixel-codec.ts';

/**
 * The PNGs data sets are made of: small, 8 bits a sample, not interlaced, nothing in them that changes how pixels are read.
 * For these a general decoder's preparations take several times as long as the decoding (docs/datasets.md, Speed).
 * Source of all that follows: W3C, Portable Network Graphics, third edition, sections 5, 7, 9 and 11.
 */

/** Samples of the largest picture decoded here, on the calling thread; a larger one is worth a thread of its own. */
const MAX_SAMPLES = 512 * 512 * 3;

const SIGNATURE_BYTES = 8;
/** Of a chunk, beside its content: length, kind, check sum. */
const FRAME_BYTES = 12;

/** By color type, 11.2.1: grey, RGB, RGB with alpha. Palettes and grey with alpha are rare and left out. */
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 6: 4 };

/** Chunks that say nothing about pixels, and how long they are. What may hold a profile or an orientation is not among them. */
const silentChunks: Readonly<Record<string, number>> = { gAMA: 4, pHYs: 9, sRGB: 1, tIME: 7 };

interface Chunk {
  readonly kind: string;
  readonly content: Buffer;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** The pixels, alpha included; undefined for every other PNG and for one with anything wrong in it, whose fault is not told here. */
export function decodePlainPng(file: Buffer): DecodedPixels | undefined {
  const chunks = listChunks(file);
  const header = chunks && readHeader(chunks);
  if (!header) return undefined;
  const content = joinContent(chunks);
  const rows = content && inflateExactly(content, header.height * (1 + header.width * header.channels));
  const bytes = rows && unfilter(rows, header);
  return bytes && { ...header, bytes };
}

/** All chunks, each with the right check sum and the last one at the end of the file; else undefined. */
function listChunks(file: Buffer): readonly Chunk[] | undefined {
  const chunks: Chunk[] = [];
  let offset = SIGNATURE_BYTES;
  while (offset + FRAME_BYTES <= file.length) {
    const end = offset + FRAME_BYTES + file.readUInt32BE(offset);
    if (end > file.length) return undefined;
    if (crc32(file.subarray(offset + 4, end - 4)) !== file.readUInt32BE(end - 4)) return undefined;
    chunks.push({ kind: file.toString('latin1', offset + 4, offset + 8), content: file.subarray(offset + 8, end - 4) });
    offset = end;
  }
  return offset === file.length ? chunks : undefined;
}

function readHeader([first]: readonly Chunk[]): Header | undefined {
  if (first?.kind !== 'IHDR' || first.content.length !== 13) return undefined;
  const [width, height] = [first.content.readUInt32BE(0), first.content.readUInt32BE(4)];
  const [depth, color = -1, ...methods] = first.content.subarray(8);
  const channels = channelsOf[color];
  // Compression, filter and interlace: nothing but 0, which for the last means none.
  const isPlain = depth === 8 && methods.every((method) => method === 0);
  if (!isPlain || channels === undefined) return undefined;
  const samples = width * height * channels;
  return samples > 0 && samples <= MAX_SAMPLES ? { width, height, channels } : undefined;
}

/** The compressed pixels, where they stand in one run and all other chunks are silent ones before it. */
function joinContent(chunks: readonly Chunk[]): Buffer | undefined {
  const from = chunks.findIndex(({ kind }) => kind === 'IDAT');
  const last = chunks.at(-1);
  if (from < 0 || last?.kind !== 'IEND' || last.content.length > 0) return undefined;
  const [before, run] = [chunks.slice(1, from), chunks.slice(from, -1)];
  const areSilent = before.every(({ kind, content }) => silentChunks[kind] === content.length);
  const areOnce = new Set(before.map(({ kind }) => kind)).size === before.length;
  if (!areSilent || !areOnce || run.some(({ kind }) => kind !== 'IDAT')) return undefined;
  const [only] = run;
  return run.length === 1 ? only?.content : Buffer.concat(run.map(({ content }) => content));
}

/** The content of a zlib stream that fills the bytes and gives so many, no more and no less; else undefined. */
function inflateExactly(bytes: Buffer, length: number): Buffer | undefined {
  try {
    // One more than is hoped for, so that all is written at once and too much is seen.
    const options = { chunkSize: Math.max(64, length + 1), maxOutputLength: length + 1, info: true };
    const { buffer, engine } = inflateSync(bytes, options) as unknown as Inflated;
    return buffer.length === length && engine.bytesWritten === bytes.length ? buffer : undefined;
  } catch {
    return undefined;
  }
}

/** What `inflateSync` returns with `info`; Node's types do not say so. `bytesWritten` counts the compressed bytes used. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** One row as it is stored behind its filter type, the row above it, and where it belongs; above the first row all is 0. */
interface Row {
  readonly stored: Uint8Array;
  readonly above: Uint8Array;
  readonly target: Uint8Array;
  /** Bytes of a pixel. */
  readonly step: number;
}

/** Section 9.2, in its order. All sums are taken modulo 256, by the arrays themselves. */
const unfilters: readonly ((row: Row) => void)[] = [
  ({ stored, target }) => {
    target.set(stored);
  },
  ({ stored, target, step }) => {
    target.set(stored.subarray(0, step));
    for (let at = step; at < stored.length; at++) target[at] = (stored[at] ?? 0) + (target[at - step] ?? 0);
  },
  ({ stored, above, target }) => {
    for (let at = 0; at < stored.length; at++) target[at] = (stored[at] ?? 0) + (above[at] ?? 0);
  },
  ({ stored, above, target, step }) => {
    for (let at = 0; at < stored.length; at++) {
      const left = at < step ? 0 : (target[at - step] ?? 0);
      target[at] = (stored[at] ?? 0) + ((left + (above[at] ?? 0)) >> 1);
    }
  },
  ({ stored, above, target, step }) => {
    for (let at = 0; at < step; at++) target[at] = (stored[at] ?? 0) + (above[at] ?? 0);
    for (let at = step; at < stored.length; at++)
      target[at] = (stored[at] ?? 0) + predict(target[at - step] ?? 0, above[at] ?? 0, above[at - step] ?? 0);
  },
];

/** Paeth's predictor, 9.4: of left, above and upper left the one nearest to left + above - upper left. */
function predict(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function unfilter(rows: Buffer, { width, height, channels }: Header): Buffer | undefined {
  const length = width * channels;
  const bytes = Buffer.allocUnsafeSlow(height * length);
  let above: Uint8Array = new Uint8Array(length);
  for (let y = 0; y < height; y++) {
    const start = y * (length + 1);
    const undo = unfilters[rows[start] ?? 0];
    if (!undo) return undefined;
    const target = bytes.subarray(y * length, (y + 1) * length);
    undo({ stored: rows.subarray(start + 1, start + 1 + length), above, target, step: channels });
    above = target;
  }
  return bytes;
}
