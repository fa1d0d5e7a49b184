import type { FileHandle } from 'node:fs/promises';
import { constants, createInflateRaw } from 'node:zlib';
import { limits } from '#shared/limits.ts';

/** Gives the first `limit` bytes of a file, or all where it is shorter. Asking again for more is cheap enough. */
export type ByteSource = (limit: number) => Promise<Uint8Array>;

export const bytesSource =
  (bytes: Uint8Array): ByteSource =>
  (limit) =>
    Promise.resolve(bytes.subarray(0, limit));

/** Reads from an open file no more than is asked for. */
export const fileSource =
  (file: FileHandle): ByteSource =>
  async (limit) => {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(limit, size));
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  };

/** The same bytes without the first few. */
export const skipBytes =
  (source: ByteSource, count: number): ByteSource =>
  async (limit) =>
    (await source(limit + count)).subarray(count);

/**
 * What a raw deflate stream (RFC 1951) unpacks to, never more than is asked for: a small file may unpack to gigabytes.
 * A stream that is cut off gives what it has; a broken one throws zlib's error.
 * @param most what is unpacked at all, however much is asked for.
 */
export const inflatedSource =
  (source: ByteSource, most: number = limits.dicom.inflatedBytes): ByteSource =>
  async (asked) => {
    const limit = Math.min(asked, most);
    const inflate = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH });
    inflate.end(await source(Infinity));
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      pieces.push(piece);
      length += piece.length;
      if (length >= limit) break;
    }
    return Buffer.concat(pieces, Math.min(length, limit));
  };
