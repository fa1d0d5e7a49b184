import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { LightboxError } from '#shared/errors.ts';

/** SHA-256 of a file as 64 hex digits, read as a stream. Throws `model/not-found` or `model/unreadable`. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 }) as AsyncIterable<Uint8Array>)
      hash.update(chunk);
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (isMissing) throw new LightboxError('model/not-found', `There is no file "${path}"; check the path.`, { cause });
    throw new LightboxError('model/unreadable', `"${path}" cannot be read.`, { cause });
  }
  return hash.digest('hex');
}
