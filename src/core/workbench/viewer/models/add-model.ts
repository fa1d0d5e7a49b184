import path from 'node:path';
import type { JobControl } from '../../job.ts';
import { openDatasetModel } from '../../collection/dataset-model.ts';
import type { ViewerPlace } from '../viewer-place.ts';

/** Opens a model once, so that one that cannot run is refused, and enters it into the catalog. Throws `model/...`, `manifest/invalid`. */
export async function addModel(
  { engine, write }: ViewerPlace,
  modelPath: string,
  control: JobControl,
): Promise<{ readonly id: number }> {
  const catalog = await write();
  const request = { modelPath: path.resolve(modelPath.trim()), datasetLabels: [] };
  const { model, opened } = await openDatasetModel({ engine, catalog, control }, request);
  await engine.release(opened.handle);
  return { id: model.id };
}
