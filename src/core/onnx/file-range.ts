import { open } from 'node:fs/promises';
import { LightboxError } from '#shared/errors.ts';
import type { FileRange } from './model.ts';

const longestChunk = 4 * 1024 * 1024;

/**
 * The bytes of a part of a file, piece by piece; a piece is only valid until the next one.
 * Throws `model/unreadable` when the file is gone or shorter than it was when its model was read.
 */
export async function* readFileRange(range: FileRange): AsyncGenerator<Uint8Array> {
  const file = await open(range.path).catch((cause: unknown) => {
    throw new LightboxError('model/unreadable', `"${range.path}", which holds weights, cannot be opened.`, { cause });
  });
  try {
    const chunk = Buffer.allocUnsafeSlow(Math.min(longestChunk, range.length));
    for (let done = 0; done < range.length;) {
      const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, range.length - done), range.offset + done);
      if (bytesRead === 0) {
        throw new LightboxError(
          'model/unreadable',
          `"${range.path}", which holds weights, became shorter; copy it again.`,
        );
      }
      yield chunk.subarray(0, bytesRead);
      done += bytesRead;
    }
  } finally {
    await file.close();
  }
}
