import type { Catalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';

/** Throws `model/not-found` where it is not known where a model lies. */
export function findModelPath(catalog: Catalog, id: number): string {
  const model = catalog.models.get(id);
  if (model.path !== undefined) return model.path;
  const sentence = `It is not known where "${model.file}" lies; add the model again under Models.`;
  throw new LightboxError('model/not-found', sentence);
}
