import { existsSync } from 'node:fs';
import type { Model, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { ModelView } from '#shared/contract/models.ts';
import { LightboxError } from '#shared/errors.ts';
import { findCatalog } from '../../catalog-keeper.ts';
import type { ViewerPlace } from '../viewer-place.ts';

export function listModels({ read }: ViewerPlace): ModelView[] {
  return (findCatalog(read)?.models.list() ?? []).map(({ id, title, file, labels, path }) => ({
    ...{ id, name: title ?? file, file, labels: [...labels] },
    ...(path !== undefined && { path }),
    isThere: path !== undefined && existsSync(path),
  }));
}

/** Where a model's file lies. Throws `model/not-found`. */
export function getModelPath(catalog: ReadonlyCatalog, id: number): string {
  const model: Model = catalog.models.get(id);
  if (model.path !== undefined && existsSync(model.path)) return model.path;
  const where = model.path === undefined ? 'it is not known where it lies' : `it is not at "${model.path}" any more`;
  throw new LightboxError('model/not-found', `"${model.file}" cannot be read: ${where}; add it again by its path.`);
}
