import path from 'node:path';
import type { NewMask } from '#core/catalog/index.ts';
import { examineFile, type ExaminedFile } from './examine-file.ts';
import { examineMasks } from './examine-masks.ts';
import type { FileMark } from './file-mark.ts';

/** A sample's files, to be looked at. Plain values throughout: it may go to another thread, and so may what is found. */
export interface SampleFiles {
  /** Of the dataset. Absolute. */
  readonly folder: string;
  /** Of the picture, within the folder. */
  readonly path: string;
  readonly mark: FileMark | undefined;
  readonly masks: readonly NewMask[];
}

export interface ExaminedSample extends ExaminedFile {
  readonly masks: readonly NewMask[];
}

/** Reads a sample's picture and its masks. Files that cannot be used are findings, never failures. */
export async function examineSample({ folder, path: file, mark, masks }: SampleFiles): Promise<ExaminedSample> {
  const [examined, examinedMasks] = await Promise.all([
    examineFile(path.join(folder, file), mark),
    examineMasks(folder, masks),
  ]);
  return { ...examined, masks: examinedMasks };
}
