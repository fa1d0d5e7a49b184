import { stat } from 'node:fs/promises';
import type { Model } from '#core/catalog/index.ts';
import { manifestPath } from '#core/imaging/index.ts';
import { createComposite, type Composite, type CompositeName } from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { identifyModel, type IdentifiedModel } from '../../collection/dataset-model.ts';
import { loadModelFile, type ModelFile } from '../../model-file.ts';
import { zBoxBounds } from '../../zbox-bounds.ts';
import { getModelPath } from '../find-model-path.ts';

/** A model of the catalog, by its file on this machine. */
export interface CatalogModelFile {
  readonly file: ModelFile;
  /** Another one when the file or its manifest changes. */
  readonly mark: string;
  composite(name: CompositeName): Composite;
  /** Reads the whole file once. Throws `model/not-found` where it is not the model that the catalog knows. */
  identify(): Promise<IdentifiedModel>;
}

export interface ModelFiles {
  /** Throws `model/not-found` saying what to do where the file is not known or gone, and the errors of reading a model. */
  get(model: Model): Promise<CatalogModelFile>;
}

/** Files are read again when they change. */
export function createModelFiles(): ModelFiles {
  const known = new Map<string, { readonly mark: string; readonly file: Promise<CatalogModelFile> }>();
  return {
    get: async (model) => {
      const place = await findPlace(model);
      const mark = await markFiles(place);
      const before = known.get(model.sha256);
      if (before?.mark === mark) return before.file;
      const file = readFile(place, { model, mark });
      known.set(model.sha256, { mark, file });
      // What failed is tried again, as it may have been repaired.
      file.catch(() => known.delete(model.sha256));
      return file;
    },
  };
}

/** Throws `model/not-found`. */
export async function findPlace(model: Model): Promise<string> {
  const place = getModelPath(model);
  const found = await stat(place).catch(() => undefined);
  if (found?.isFile()) return place;
  const sentence = `"${place}" is not there any more; put the file back, or add the model again under Models.`;
  throw new LightboxError('model/not-found', sentence);
}

async function readFile(
  place: string,
  { model, mark }: { readonly model: Model; readonly mark: string },
): Promise<CatalogModelFile> {
  const file = await loadModelFile(place);
  const bounds = zBoxBounds(file);
  let identified: Promise<IdentifiedModel> | undefined;
  return {
    ...{ file, mark },
    composite: (name) => createComposite(name, bounds),
    identify: async () => {
      identified ??= identifyModel(file);
      const found = await identified;
      if (found.sha256 === model.sha256) return found;
      const sentence = `"${place}" is not the model its results were made with any more; add the new one under Models.`;
      throw new LightboxError('model/not-found', sentence);
    },
  };
}

/** Changes with the model's file or its manifest. */
async function markFiles(place: string): Promise<string> {
  const marks = [place, manifestPath(place)].map(async (file) => {
    const found = await stat(file).catch(() => undefined);
    return found ? `${found.size} ${found.mtimeMs}` : '';
  });
  return [place, ...(await Promise.all(marks))].join(' ');
}
