import { closeSync, openSync, readSync } from 'node:fs';
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
  const file = await openRange(range);
  try {
    for (let done = 0; done < range.length;) done += await readPart(file, { range, done, into: bytes.subarray(done) });
  } finally {
    await file.close();
  }
}

/** Files that stay open while many parts of them are read. The thread waits: a promise takes longer than most of these reads. */
export class OpenFiles {
  readonly #files = new Map<string, number>();

  /** Throws as `readFileRange`. */
  readIntoMemory(range: FileRange, bytes: Uint8Array): void {
    const file = this.#open(range);
    for (let done = 0; done < range.length;) {
      const bytesRead = readSync(file, bytes, done, range.length - done, range.offset + done);
      if (bytesRead === 0) throw becameShorter(range);
      done += bytesRead;
    }
  }

  close(): void {
    for (const file of this.#files.values()) closeSync(file);
    this.#files.clear();
  }

  #open(range: FileRange): number {
    const known = this.#files.get(range.path);
    if (known !== undefined) return known;
    try {
      const file = openSync(range.path, 'r');
      this.#files.set(range.path, file);
      return file;
    } catch (cause) {
      throw cannotOpen(range, cause);
    }
  }
}

async function openRange(range: FileRange): Promise<FileHandle> {
  return open(range.path).catch((cause: unknown) => {
    throw cannotOpen(range, cause);
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
  throw becameShorter(range);
}

function cannotOpen({ path }: FileRange, cause: unknown): LightboxError {
  return new LightboxError('model/unreadable', `"${path}", which holds weights, cannot be opened.`, { cause });
}

function becameShorter({ path }: FileRange): LightboxError {
  return new LightboxError('model/unreadable', `"${path}", which holds weights, became shorter; copy it again.`);
}
