import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { preparePicture, type PreparedPicture } from '../prepare-picture.ts';
import type { ReadDataset } from './read-concepts.ts';

/** A picture that is gone since is passed over. */
export async function loadSample({ dataset, file }: ReadDataset, name: string): Promise<PreparedPicture | undefined> {
  try {
    return await preparePicture(path.join(dataset.folder, name), 0, { recipe: file.manifest.manifest.input });
  } catch (cause) {
    if (LightboxError.from(cause).code.startsWith('picture/')) return undefined;
    throw cause;
  }
}
