import { stat } from 'node:fs/promises';

/** What tells whether a file has changed since it was last read. */
export interface FileMark {
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** undefined where there is no such file, or it cannot be looked at. */
export async function findFileMark(file: string): Promise<FileMark | undefined> {
  const found = await stat(file).catch(() => undefined);
  // Parts of a millisecond are not kept by every file system, nor by the catalog.
  return found?.isFile() ? { bytes: found.size, mtimeMs: Math.trunc(found.mtimeMs) } : undefined;
}
