import path from 'node:path';
import type { NewMask } from '#core/catalog/index.ts';
import { readMask } from '#core/datasets/index.ts';
import { findFileMark } from './file-mark.ts';

/** Finds out which masks are empty where that is not known. One that cannot be read stays as it is: there, and nobody knows what is in it. */
export function examineMasks(folder: string, masks: readonly NewMask[]): Promise<readonly NewMask[]> {
  return Promise.all(masks.map(async (mask) => (mask.isEmpty === undefined ? examineMask(folder, mask) : mask)));
}

async function examineMask(folder: string, mask: NewMask): Promise<NewMask> {
  const file = path.join(folder, mask.path);
  const { kind, path: name } = mask;
  // Before it is read: what is written meanwhile is found the next time.
  const mark = await findFileMark(file);
  const found = await readMask(file).catch(() => undefined);
  return { kind, path: name, ...(found && { isEmpty: found.empty, sha256: found.sha256, ...mark }) };
}

/** The mask as its file is now; undefined where that is as it was when it was looked at. */
export async function examineAgain(folder: string, mask: NewMask): Promise<NewMask | undefined> {
  const mark = await findFileMark(path.join(folder, mask.path));
  const isSame = mask.bytes !== undefined && mask.bytes === mark?.bytes && mask.mtimeMs === mark.mtimeMs;
  return isSame ? undefined : examineMask(folder, mask);
}
