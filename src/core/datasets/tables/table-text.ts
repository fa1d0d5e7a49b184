import { open, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';

const HEAD_BYTES = 65_536;

const byteOrderMarks: readonly [bytes: readonly number[], encoding: string][] = [
  [[0xff, 0xfe], 'UTF-16'],
  [[0xfe, 0xff], 'UTF-16'],
];

/** What is wrong with a table, as one sentence. */
export const invalidTable = (name: string, problem: string, cause?: unknown): LightboxError =>
  new LightboxError('dataset/invalid-table', `The table "${name}" ${problem}.`, { cause });

/** The first lines of a table as text. @throws LightboxError `dataset/invalid-table`. */
export async function readTableHead(path: string, name: string): Promise<string> {
  try {
    await checkFile(path, name);
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      const bytes = buffer.subarray(0, bytesRead);
      checkEncoding(bytes, name);
      return new TextDecoder().decode(bytes);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw asTableError(cause, name);
  }
}

async function checkFile(path: string, name: string): Promise<void> {
  const status = await stat(path);
  // Asked before opening: opening a pipe would wait for its writer.
  if (!status.isFile()) throw invalidTable(name, 'is not a file');
  if (status.size > limits.table.fileBytes) throw invalidTable(name, 'is larger than 1 GB, too large for a table');
}

function checkEncoding(bytes: Uint8Array, name: string): void {
  const marked = byteOrderMarks.find(([mark]) => mark.every((byte, at) => bytes[at] === byte));
  const problem = marked
    ? `is written in ${marked[1]}`
    : bytes.includes(0)
      ? 'holds zero bytes, as UTF-16 text or a spreadsheet file would'
      : undefined;
  if (problem !== undefined) throw invalidTable(name, `${problem}; save it as CSV in UTF-8`);
}

/** A table's text in pieces, decoded strictly. @throws LightboxError `dataset/invalid-table`. */
export async function* readTableText(path: string, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of createReadStream(path) as AsyncIterable<Uint8Array>) {
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder.decode();
  } catch (cause) {
    throw asTableError(cause, name);
  }
}

function asTableError(cause: unknown, name: string): LightboxError {
  if (cause instanceof LightboxError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return invalidTable(name, 'is not written in UTF-8; save it as CSV in UTF-8', cause);
  }
  return invalidTable(name, `cannot be read (${code ?? message})`, cause);
}
