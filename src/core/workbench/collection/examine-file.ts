import { hash } from 'node:crypto';
import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import type { FileFacts } from '#core/catalog/index.ts';
import {
  decodePictureBytes,
  loadPictureFile,
  measureTraits,
  renderThumbnail,
  type PictureTraits,
} from '#core/imaging/index.ts';
import type { FileMark } from './file-mark.ts';

/** Pixels of a thumbnail's longest side. */
export const thumbnailSize = 160;

/** What a look at a picture's file gives. */
export interface ExaminedFile {
  readonly facts: FileFacts;
  /** Encoded; undefined where the picture cannot be used. */
  readonly thumbnail: Uint8Array | undefined;
  /** Undefined where the picture cannot be used. */
  readonly traits: PictureTraits | undefined;
}

const nothing = { thumbnail: undefined, traits: undefined } as const;

/** Reads, hashes and decodes a picture's file. A file that cannot be used is a finding, never a failure. */
export async function examineFile(file: string, mark: FileMark | undefined): Promise<ExaminedFile> {
  const bytes = await loadPictureFile(file).catch((cause: unknown) => describeAbsence(file, LightboxError.from(cause)));
  if (typeof bytes === 'string') return { facts: { ...mark, unreadable: bytes }, ...nothing };
  try {
    const picture = await decodePictureBytes(bytes, path.basename(file));
    const { width, height, sha256: contentSha256 } = picture;
    const thumbnail = await renderThumbnail(picture, thumbnailSize);
    return { facts: { ...mark, contentSha256, width, height }, thumbnail, traits: measureTraits(picture) };
  } catch (cause) {
    const { code, message } = LightboxError.from(cause);
    if (code === 'internal') throw cause;
    return { facts: { ...mark, contentSha256: hash('sha256', bytes), unreadable: message }, ...nothing };
  }
}

function describeAbsence(file: string, { code: kind, message, cause }: LightboxError): string {
  const name = path.basename(file);
  if (kind === 'picture/not-found') return `${name} is gone; look where it went and import the folder again.`;
  // Too large, or no file at all.
  if (!(cause instanceof Error && 'code' in cause)) return message;
  return `${name} cannot be read (${String(cause.code)}); check its permissions and import the folder again.`;
}
