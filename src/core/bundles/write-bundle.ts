import { zipSync, type ZippableFile } from 'fflate';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import type { StudyManifest } from '#shared/study/study-bundle.ts';
import { hashOf, type StudyBundle } from './read-bundle.ts';
import { picturePart } from './unpack-zip.ts';

export interface NewBundle extends Pick<StudyBundle, 'marks' | 'pictures'> {
  readonly manifest: Omit<StudyManifest, 'format' | 'version' | 'marks'>;
}

/** The same for every file of every bundle: the first day a zip archive knows (APPNOTE 4.4.6), by the local clock it is written in. */
const noTime = (): Date => new Date(1980, 0, 1);

/**
 * A bundle's bytes: the same content gives the same bytes.
 * Throws `request/invalid` for what no reader would take.
 */
export function writeBundle({ manifest, marks, pictures }: NewBundle): Uint8Array {
  const marksBytes = toBytes(marks);
  const { program, samples, models, settings } = manifest;
  const whole: StudyManifest = {
    ...{ format: 'relevance-lightbox/study', version: 1, program },
    ...{ marks: describePart(marksBytes), samples, models, settings },
  };
  const parts: Record<string, ZippableFile> = { 'manifest.json': toBytes(whole), 'marks.json': marksBytes };
  // A PNG is packed already.
  for (const [sha256, bytes] of [...pictures].sort(([left], [right]) => (left < right ? -1 : 1)))
    parts[picturePart(sha256)] = [bytes, { level: 0 }];
  const bytes = zipSync(parts, { mtime: noTime(), level: 6 });
  const { documentBytes, entries, fileBytes } = limits.study;
  if (bytes.length > fileBytes || marksBytes.length > documentBytes || Object.keys(parts).length > entries)
    throw new LightboxError('request/invalid', 'The study is too large for a bundle (1 GB); export one dataset, or no pictures.'); // prettier-ignore
  return bytes;
}

export const describePart = (bytes: Uint8Array): StudyManifest['marks'] => ({
  sha256: hashOf(bytes),
  bytes: bytes.length,
});

const toBytes = (document: object): Uint8Array => new TextEncoder().encode(JSON.stringify(document));
