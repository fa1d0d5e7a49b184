import { LightboxError } from '#shared/errors.ts';
import type { SampleEntry } from '#shared/samples.ts';
import type { Catalog, Dataset, NewSample } from '#core/catalog/index.ts';
import { deidentifyMetadata, type DeidentificationProfile } from '#core/datasets/index.ts';
import { TRAITS_VERSION } from '#core/imaging/index.ts';
import { throwIfCancelled } from '../job.ts';
import { thumbnailSize, type ExaminedFile } from './examine-file.ts';
import { examineChangedMasks } from './examine-changed-masks.ts';
import { examineMasks } from './examine-masks.ts';
import { createExaminer, type Examiner } from './examiner.ts';
import { inChunks, mapInFlight } from './in-flight.ts';
import { recipeOf } from './import-recipe.ts';
import { planImport, type ImportPlan, type PlannedSample } from './plan-import.ts';
import { findRedescribed, hashDescription } from './redescribe.ts';
import { waitToSave, type JobSteps } from './run-job.ts';

/** Everything of one import. */
export interface ImportJob {
  readonly catalog: Catalog;
  /** Metadata the user vouches for. */
  readonly keep: readonly string[];
  /** In which the dataset lies. */
  readonly folder: string;
  readonly dataset: Dataset;
  readonly entries: readonly SampleEntry[];
}

/** What became of a dataset's samples. */
export interface ImportCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Masks whose file is another one than when it was looked at. */
  readonly changedMasks: number;
}

/** Samples in a transaction: few, so that the first can be looked at soon and little is lost by a crash. */
const samplesTogether = { first: 16, most: 128 };
const MASKS_IN_FLIGHT = 12;
/** Of a picture that stands in several parts of a dataset, the sample that counts is the one in this part. */
const preferredCollections = ['lung'];

/** Reads what is new or changed, while it is still being found out what that is. */
export async function importSamples(job: ImportJob, steps: JobSteps, signal: AbortSignal): Promise<ImportCounts> {
  const { catalog, dataset, keep, entries } = job;
  throwIfCancelled({ signal });
  const plan = planImport(catalog, dataset, job);
  if (plan.gone.length > 0) catalog.samples.deleteAll(plan.gone);
  const { kept, ...counts } = await examineAll(job, plan, { steps, signal });
  const description = hashDescription(entries, keep);
  if (recipeOf(dataset).description !== description) await redescribe(job, kept);
  const changedMasks = kept.length > 0 ? await examineChangedMasks(job, { steps, signal }) : 0;
  catalog.samples.linkDuplicates(dataset.id, preferredCollections);
  catalog.datasets.update(dataset.id, { recipe: { ...recipeOf(dataset), keep, description } });
  return { ...counts, unchanged: kept.length, removed: plan.gone.length, changedMasks };
}

async function redescribe(job: ImportJob, kept: readonly SampleEntry[]): Promise<void> {
  const { catalog, dataset, folder } = job;
  const samples = findRedescribed(catalog, { dataset, kept, deidentify: (sample) => deidentify(job, sample) });
  const examined: NewSample[] = [];
  for await (const sample of mapInFlight(samples, MASKS_IN_FLIGHT, (one) => examineNewMasks(one, folder)))
    examined.push(sample);
  if (examined.length > 0) catalog.samples.updateAll(dataset.id, examined);
}

async function examineNewMasks(sample: NewSample, folder: string): Promise<NewSample> {
  return { ...sample, masks: await examineMasks(folder, sample.masks) };
}

/** Metadata that was vouched for when the dataset was imported. */
export const keptNames = (dataset: Dataset): readonly string[] => recipeOf(dataset).keep ?? [];

interface Running {
  readonly steps: JobSteps;
  readonly signal: AbortSignal;
}

interface ReadSample {
  readonly sample: NewSample;
  readonly thumbnail: ExaminedFile['thumbnail'];
  readonly traits: ExaminedFile['traits'];
  readonly isNew: boolean;
}

interface Examined extends Pick<ImportCounts, 'added' | 'changed'> {
  readonly kept: readonly SampleEntry[];
}

async function examineAll(job: ImportJob, { slices }: ImportPlan, { steps, signal }: Running): Promise<Examined> {
  const { name } = job.dataset;
  const kept: SampleEntry[] = [];
  let [added, changed] = [0, 0];
  const examiner = createExaminer();
  const stop = (): void => void examiner.close();
  signal.addEventListener('abort', stop);
  try {
    const unread = takeUnread(slices, signal, async (some) => {
      kept.push(...some);
      await steps.done(some.length, `${name}: comparing`);
    });
    const read = mapInFlight(unread, examiner.capacity, (planned) => readSample(job, examiner, planned));
    for await (const chunk of inChunks(read, samplesTogether)) {
      await waitToSave(job.catalog, { signal });
      const saved = saveChunk(job, chunk);
      added += saved.added;
      changed += saved.changed;
      await steps.done(saved.added + saved.changed, `${name}: reading pictures`);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await examiner.close();
  }
  throwIfCancelled({ signal });
  return { added, changed, kept };
}

/** The samples that have to be read, until the job is cancelled. Tells of those that need not. */
async function* takeUnread(
  slices: ImportPlan['slices'],
  signal: AbortSignal,
  keep: (kept: readonly SampleEntry[]) => Promise<void>,
): AsyncGenerator<PlannedSample> {
  for await (const slice of slices) {
    const kept = slice.flatMap(({ entry, state }) => (state === 'kept' ? [entry] : []));
    if (kept.length > 0) await keep(kept);
    for (const planned of slice) {
      if (signal.aborted) return;
      if (planned.state !== 'kept') yield planned;
    }
  }
}

/** undefined where the job is cancelled before. */
async function readSample(
  job: ImportJob,
  examiner: Examiner,
  { entry, mark, state }: PlannedSample,
): Promise<ReadSample | undefined> {
  const { path, masks } = entry;
  const examined = await examiner.examine({ folder: job.folder, path, mark, masks }).catch(passCancelled);
  if (!examined) return undefined;
  const { facts, thumbnail, traits } = examined;
  const sample = deidentify(job, { ...entry, ...facts, masks: examined.masks });
  return { sample, thumbnail, traits, isNew: state === 'added' };
}

/** What was read before is still saved. */
function passCancelled(cause: unknown): undefined {
  if (LightboxError.from(cause).code !== 'job/cancelled') throw cause;
}

function saveChunk(
  { catalog, dataset }: ImportJob,
  chunk: readonly (ReadSample | undefined)[],
): Pick<ImportCounts, 'added' | 'changed'> {
  const read = chunk.filter((sample) => sample !== undefined);
  // Thumbnails first: a sample that is listed can be shown.
  catalog.thumbnails.insertAll(
    read.flatMap(({ sample: { contentSha256 }, thumbnail }) =>
      contentSha256 && thumbnail ? [{ contentSha256, size: thumbnailSize, bytes: thumbnail }] : [],
    ),
  );
  const added = read.flatMap(({ sample, isNew }) => (isNew ? [sample] : []));
  const changed = read.flatMap(({ sample, isNew }) => (isNew ? [] : [sample]));
  catalog.transaction(() => {
    if (changed.length > 0) catalog.samples.updateAll(dataset.id, changed);
    if (added.length > 0) catalog.samples.insertAll(dataset.id, added);
    const measured = read.flatMap(({ sample: { contentSha256 }, traits }) =>
      contentSha256 && traits ? [{ contentSha256, ...traits }] : [],
    );
    catalog.traits.insertAll(TRAITS_VERSION, measured);
  });
  return { added: added.length, changed: changed.length };
}

/** Before anything reaches the catalog. The patient's name is hashed there. */
function deidentify({ keep, dataset }: ImportJob, sample: NewSample): NewSample {
  const profile = dataset.profile as DeidentificationProfile;
  return { ...sample, metadata: deidentifyMetadata(sample.metadata, { profile, keep }) };
}
