import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import { marksFileSchema, type MarksFile } from '#shared/marks/marks-file.ts';
import { studyManifestSchema, type StudyManifest } from '#shared/study/study-bundle.ts';
import { picturePart, unpackZip, unusable } from './unpack-zip.ts';

/** A study as it travels. */
export interface StudyBundle {
  readonly manifest: StudyManifest;
  readonly marks: MarksFile;
  /** PNG files by their own SHA-256. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

export interface LoadedBundle extends StudyBundle {
  /** Of the whole file. */
  readonly sha256: string;
}

/** Throws `request/invalid` for a file that is not there, too large, damaged, or no bundle. */
export async function loadBundle(file: string): Promise<LoadedBundle> {
  const bytes = await loadBytes(file);
  return { ...readBundle(bytes, path.basename(file)), sha256: hashOf(bytes) };
}

/**
 * Every part is what the manifest says it is, or nothing is read.
 * @param name what messages call the file.
 * Throws `request/invalid`.
 */
export function readBundle(bytes: Uint8Array, name: string): StudyBundle {
  const parts = unpackZip(bytes, name);
  const manifest = readDocument(parts.get('manifest.json'), studyManifestSchema, { name, part: 'manifest.json' });
  const check = (part: string, said: StudyManifest['marks']): Uint8Array => {
    const found = parts.get(part);
    if (found?.length === said.bytes && hashOf(found) === said.sha256) return found;
    throw unusable(name, `lacks ${part}, or holds another one than it says`);
  };
  const marks = readDocument(check('marks.json', manifest.marks), marksFileSchema, { name, part: 'marks.json' });
  const pictures = new Map(
    manifest.samples.flatMap(({ picture }) =>
      picture ? [[picture.sha256, check(picturePart(picture.sha256), picture)] as const] : [],
    ),
  );
  if (parts.size !== pictures.size + 2) throw unusable(name, 'holds a picture that belongs to no sample');
  return { manifest, marks, pictures };
}

interface Place {
  readonly name: string;
  readonly part: string;
}

function readDocument<Schema extends z.ZodType>(
  bytes: Uint8Array | undefined,
  schema: Schema,
  { name, part }: Place,
): z.infer<Schema> {
  if (!bytes) throw unusable(name, `is no study bundle: it has no ${part}`);
  const parsed = schema.safeParse(readJson(bytes, { name, part }));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unusable(name, `is no study bundle this version knows (${part}, at ${issue?.path.join('.') || 'its top'})`);
}

function readJson(bytes: Uint8Array, { name, part }: Place): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw unusable(name, `is no study bundle: its ${part} is no JSON`, cause);
  }
}

async function loadBytes(file: string): Promise<Uint8Array> {
  try {
    const status = await stat(file);
    if (!status.isFile()) throw unusable(path.basename(file), 'is no file');
    if (status.size > limits.study.fileBytes) throw unusable(path.basename(file), 'is larger than 1 GB');
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof LightboxError) throw cause;
    throw new LightboxError('request/invalid', `"${file}" cannot be read; check the path.`, { cause });
  }
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
