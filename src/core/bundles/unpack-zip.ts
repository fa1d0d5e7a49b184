import { unzipSync, type UnzipFileInfo } from 'fflate';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';

const { study } = limits;

/** A part of a bundle: one of the two documents, or a picture by its hash. Nothing else is unpacked, so no name can lead elsewhere. */
export const picturePart = (sha256: string): string => `pictures/${sha256}.png`;
const documents: readonly string[] = ['manifest.json', 'marks.json'];
const isPart = (name: string): boolean => documents.includes(name) || /^pictures\/[\da-f]{64}\.png$/.test(name);

/**
 * The parts of a bundle by name, unpacked; sizes are looked at before anything is.
 * @param name what messages call the file.
 * Throws `request/invalid`.
 */
export function unpackZip(bytes: Uint8Array, name: string): ReadonlyMap<string, Uint8Array> {
  const check = createPartCheck(name);
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter: check })));
  } catch (cause) {
    if (cause instanceof LightboxError) throw cause;
    throw unusable(name, 'is damaged or no study bundle', cause);
  }
}

/** Looks at the parts in the order of the archive's directory. */
function createPartCheck(name: string): (part: UnzipFileInfo) => boolean {
  const seen = new Set<string>();
  let unpacked = 0;
  return ({ name: part, size, originalSize, compression }) => {
    if (!isPart(part)) throw unusable(name, 'holds a part that does not belong into one');
    if (seen.has(part)) throw unusable(name, 'holds a part twice');
    if (compression !== 0 && compression !== 8) throw unusable(name, 'is packed in a way that is not known');
    seen.add(part);
    unpacked += originalSize;
    const isBomb = originalSize > study.ratioFreeBytes && originalSize > size * study.ratio;
    const isLong = documents.includes(part) && originalSize > study.documentBytes;
    if (seen.size > study.entries || unpacked > study.unpackedBytes || isBomb || isLong)
      throw unusable(name, 'says that it holds more than a study may');
    return true;
  };
}

export function unusable(name: string, problem: string, cause?: unknown): LightboxError {
  return new LightboxError('request/invalid', `"${name}" ${problem}; ask for the bundle again.`, { cause });
}
