import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { LightboxError, type ErrorCode } from '#shared/errors.ts';

export interface TextPlan {
  /** What is thrown where it cannot be read. */
  readonly code: ErrorCode;
  /** What the file is: "The composite file". */
  readonly noun: string;
  readonly mostBytes: number;
}

/** A file of text in UTF-8, if it is a file and not too large. Throws the plan's code. */
export async function loadText(file: string, { code, noun, mostBytes }: TextPlan): Promise<string> {
  const refuse = (problem: string, cause?: unknown): LightboxError =>
    new LightboxError(code, `${noun} "${file}" ${problem}; check the path.`, { cause });
  const status = await stat(file).catch((cause: unknown) => {
    throw refuse('cannot be read', cause);
  });
  // Asked before opening: opening a pipe would wait for its writer.
  if (!status.isFile()) throw refuse('is no file');
  if (status.size > mostBytes)
    throw refuse(`is larger than ${mostBytes / 1e6} MB, too large for ${path.extname(file)}`);
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw refuse('cannot be read', cause);
  });
}
