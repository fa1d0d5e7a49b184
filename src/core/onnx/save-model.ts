import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { draftModel, type ModelContent } from './draft-model.ts';
import type { FileRange, TensorBytes } from './model.ts';
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
    for (const part of parts) {
      if (part.kind === 'memory') await writeAll(file, part.bytes);
      else await copyRange(part, file);
    }
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten;
}

async function copyRange(range: FileRange, file: FileHandle): Promise<void> {
  if (range.length === 0) return;
  const chunks = createReadStream(range.path, {
    start: range.offset,
    end: range.offset + range.length - 1,
    highWaterMark: 2 ** 20,
  });
  let copied = 0;
  for await (const chunk of chunks as AsyncIterable<Uint8Array>) {
    await writeAll(file, chunk);
    copied += chunk.length;
  }
  if (copied !== range.length)
    throw new LightboxError('model/unreadable', `"${range.path}" became shorter while it was copied.`);
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
