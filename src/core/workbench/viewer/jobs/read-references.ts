import { createComposite, defaultComposite } from '#core/relevance/index.ts';
import type { DatasetJobReport } from '../../collection/predict-dataset.ts';
import type { JobControl } from '../../job.ts';
import { loadModelFile } from '../../model-file.ts';
import { readConceptsOfDataset } from '../../reference/read-concepts.ts';
import { defaultRanking } from '../../reference/reference-request.ts';
import { zBoxBounds } from '../../zbox-bounds.ts';
import type { JobPlace } from './job-place.ts';

interface ReferenceReading {
  readonly dataset: string;
  readonly modelPath: string;
  readonly split?: string | undefined;
  /** All when not given. */
  readonly layers?: readonly string[] | undefined;
}

/** Reads what a dataset's pictures carry in the channels of some layers, from which reference samples are then found. */
export async function readReferences(
  place: JobPlace,
  request: ReferenceReading,
  control: JobControl,
): Promise<DatasetJobReport> {
  const file = await loadModelFile(request.modelPath);
  const chosenComposite = createComposite(defaultComposite, zBoxBounds(file));
  const { by } = defaultRanking;
  return (await readConceptsOfDataset(place, { ...request, by, chosenComposite }, control)).report;
}
