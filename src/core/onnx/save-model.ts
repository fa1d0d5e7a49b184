import { randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { draftModel, type ModelContent } from './draft-model.ts';
import { readFileRange } from './file-range.ts';
import type { TensorBytes } from './model.ts';
import { modelProto } from './onnx-messages.ts';
import { writeMessage } from './wire-writer.ts';

/** Protobuf's own limit: no reader opens a larger message. */
const longestModel = 2 ** 31 - 1;

/**
 * Saves a model with all its tensors inside, as one file that appears complete or not at all. Tensors in files are streamed.
 * Throws `output/not-writable`, `model/unreadable` (a tensor's file is gone), `model/unsupported-form`.
 */
export async function saveModel(model: ModelContent, modelPath: string): Promise<void> {
  const parts = writeMessage(
    modelProto,
    draftModel(model, ({ data }) => ({ rawData: data })),
  );
  const length = parts.reduce((total, part) => total + (part.kind === 'file' ? part.length : part.bytes.length), 0);
  if (length > longestModel) {
    throw new LightboxError(
      'output/not-writable',
      `"${modelPath}" would have ${length} bytes; ONNX files end at 2 GB.`,
    );
  }
  const partial = path.join(
    path.dirname(modelPath),
    `.${path.basename(modelPath)}.${randomBytes(6).toString('hex')}.part`,
  );
  try {
    await writeParts(partial, parts);
    await rename(partial, modelPath);
  } catch (cause) {
    await rm(partial, { force: true });
    if (cause instanceof LightboxError) throw cause;
    throw new LightboxError('output/not-writable', `"${modelPath}" cannot be written: ${reasonOf(cause)}.`, { cause });
  }
}

async function writeParts(partial: string, parts: readonly TensorBytes[]): Promise<void> {
  const file = await open(partial, 'wx');
  try {
    for (const part of parts) await writePart(file, part);
  } finally {
    await file.close();
  }
}

async function writePart(file: FileHandle, part: TensorBytes): Promise<void> {
  if (part.kind === 'memory') return writeAll(file, part.bytes);
  for await (const chunk of readFileRange(part)) await writeAll(file, chunk);
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten;
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'its folder does not exist',
    EACCES: 'the folder may not be written to',
    EROFS: 'the folder may not be written to',
    ENOSPC: 'the disk is full',
    EISDIR: 'there is a folder of that name',
    ENOTDIR: 'its folder is a file',
  };
  return reasons[code] ?? (code || 'the system refused');
}
