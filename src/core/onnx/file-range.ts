import { open, type FileHandle } from 'node:fs/promises';
import { LightboxError } from '#shared/errors.ts';
import type { FileRange } from './model.ts';

const longestChunk = 4 * 1024 * 1024;

/**
 * The bytes of a part of a file, piece by piece; a piece is only valid until the next one.
 * Throws `model/unreadable` when the file is gone or shorter than it was when its model was read.
 */
export async function* readFileRange(range: FileRange): AsyncGenerator<Uint8Array> {
  const file = await openRange(range);
  try {
    const chunk = Buffer.allocUnsafeSlow(Math.min(longestChunk, range.length));
    for (let done = 0; done < range.length;) {
      const bytesRead = await readPart(file, { range, done, into: chunk });
      yield chunk.subarray(0, bytesRead);
      done += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** The bytes of a part of a file, into memory of its length. Throws as `readFileRange`. */
export async function readIntoMemory(range: FileRange, bytes: Uint8Array): Promise<void> {
  const files = new OpenFiles();
  try {
    await files.readIntoMemory(range, bytes);
  } finally {
    await files.close();
  }
}

/** Files that stay open while many parts of them are read: a read is on its way as soon as it is asked for. */
export class OpenFiles {
  readonly #files = new Map<string, Promise<FileHandle>>();

  /** Throws as `readFileRange`. */
  async readIntoMemory(range: FileRange, bytes: Uint8Array): Promise<void> {
    const file = await this.#open(range);
    for (let done = 0; done < range.length;) done += await readPart(file, { range, done, into: bytes.subarray(done) });
  }

  async close(): Promise<void> {
    const files = await Promise.allSettled(this.#files.values());
    this.#files.clear();
    for (const file of files) if (file.status === 'fulfilled') await file.value.close();
  }

  #open(range: FileRange): Promise<FileHandle> {
    const file = this.#files.get(range.path) ?? openRange(range);
    this.#files.set(range.path, file);
    return file;
  }
}

async function openRange(range: FileRange): Promise<FileHandle> {
  return open(range.path).catch((cause: unknown) => {
    throw new LightboxError('model/unreadable', `"${range.path}", which holds weights, cannot be opened.`, { cause });
  });
}

interface Part {
  readonly range: FileRange;
  readonly done: number;
  readonly into: Uint8Array;
}

async function readPart(file: FileHandle, { range, done, into }: Part): Promise<number> {
  const length = Math.min(into.length, range.length - done);
  const { bytesRead } = await file.read(into, 0, length, range.offset + done);
  if (bytesRead > 0) return bytesRead;
  throw new LightboxError('model/unreadable', `"${range.path}", which holds weights, became shorter; copy it again.`);
}
