import type { Catalog, Model } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';

/** Throws `model/not-found` where it is not known where a model lies. */
export function getModelPath({ file, path }: Pick<Model, 'file' | 'path'>): string {
  if (path !== undefined) return path;
  const sentence = `It is not known where "${file}" lies; add the model again under Models.`;
  throw new LightboxError('model/not-found', sentence);
}

/** The same, of a model of the catalog by its id. */
export const findModelPath = (catalog: Catalog, id: number): string => getModelPath(catalog.models.get(id));
