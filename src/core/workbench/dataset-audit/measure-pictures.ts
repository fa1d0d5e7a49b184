import path from 'node:path';
import type { Catalog, Dataset, MissingSample, NewTraits } from '#core/catalog/index.ts';
import { decodePicture, measureTraits, TRAITS_VERSION } from '#core/imaging/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { inChunks, mapInFlight } from '../collection/in-flight.ts';
import { beginJob, runJob } from '../collection/run-job.ts';
import type { JobControl } from '../job.ts';

const TOGETHER = 8;
const CHUNK = { first: 16, most: 256 };

/** Measures the pictures of a dataset that were not measured when it was imported. What was measured is kept when it is cancelled. */
export async function measurePictures(catalog: Catalog, dataset: Dataset, control: JobControl): Promise<void> {
  const missing = catalog.traits.listMissing(dataset.id, TRAITS_VERSION);
  if (missing.length === 0) return;
  const job = beginJob(catalog, { kind: 'measure', settings: { dataset: dataset.name }, total: missing.length });
  await runJob({ catalog, job, control }, async (steps) => {
    const measured = mapInFlight(missing, TOGETHER, (sample) => measureOne(dataset, sample));
    for await (const chunk of inChunks(measured, CHUNK)) {
      catalog.traits.insertAll(TRAITS_VERSION, chunk.filter((one) => one !== undefined)); // prettier-ignore
      await steps.done(chunk.length, `${dataset.name}: measuring pictures`);
    }
  });
}

/** Undefined where the picture is gone, cannot be read, or is another one by now; the next import says so. */
async function measureOne(
  dataset: Dataset,
  { path: file, contentSha256 }: MissingSample,
): Promise<NewTraits | undefined> {
  try {
    const picture = await decodePicture(path.join(dataset.folder, file));
    return picture.sha256 === contentSha256 ? { contentSha256, ...measureTraits(picture) } : undefined;
  } catch (cause) {
    const error = LightboxError.from(cause);
    if (error.code === 'internal') throw error;
    return undefined;
  }
}
