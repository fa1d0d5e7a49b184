import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import type { SampleEntry } from '#shared/samples.ts';
import type { Catalog, Dataset, Job, NewSample } from '#core/catalog/index.ts';
import {
  createFactCounter,
  deidentifyMetadata,
  defaultProfile,
  loadRecipe,
  readDataset,
  type DatasetFacts,
  type DatasetReading,
  type DeidentificationProfile,
  type LayoutChoice,
  type Recipe,
} from '#core/datasets/index.ts';
import { readDicomHeader } from '#core/imaging/index.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import { describeImport, type ImportReport } from './describe-import.ts';
import { examineFile, thumbnailSize, type ExaminedFile } from './examine-file.ts';
import { examineMasks } from './examine-masks.ts';
import { inChunks, mapInFlight } from './in-flight.ts';
import { planImport, type ImportPlan, type PlannedSample } from './plan-import.ts';
import { findRedescribed, hashDescription } from './redescribe.ts';
import { beginJob, runJob, type JobSteps } from './run-job.ts';

export interface ImportRequest {
  readonly folder: string;
  readonly layout?: LayoutChoice | undefined;
  /** In the catalog; the folder's own name when not given. */
  readonly name?: string | undefined;
  /** What the catalog keeps of metadata; when not given, what it was imported with, `minimal` at first. */
  readonly profile?: DeidentificationProfile | undefined;
  /** Metadata the user vouches for, by name; when not given, what it was imported with. */
  readonly keep?: readonly string[] | undefined;
  /** Layout csv: a file that says which column is what. */
  readonly recipeFile?: string | undefined;
  readonly finding?: string | undefined;
}

/** Files read at the same time: enough to keep decoding on all cores while others wait for the disk. */
const FILES_IN_FLIGHT = 12;
/** Samples in a transaction: few, so that the first can be looked at soon and little is lost by a crash. */
const SAMPLES_TOGETHER = 128;

/** Everything of one import. */
interface ImportJob {
  readonly catalog: Catalog;
  /** Metadata the user vouches for. */
  readonly keep: readonly string[];
  readonly reading: DatasetReading;
  readonly dataset: Dataset;
  readonly plan: ImportPlan;
  /** Of all that the dataset says of its samples. */
  readonly description: string;
}

/**
 * Brings a folder into the catalog: every picture hashed, decoded, with a thumbnail. Importing a folder again reads what
 * changed, forgets what is gone, and leaves the rest alone.
 * Throws what `readDataset` throws, `catalog/...`, `request/invalid` where the name stands for another folder, `job/cancelled`.
 */
export async function importDataset(
  catalog: Catalog,
  request: ImportRequest,
  control: JobControl,
): Promise<ImportReport> {
  const start = performance.now();
  const { folder, layout, name, finding } = request;
  const recipe = request.recipeFile === undefined ? undefined : await loadRecipe(request.recipeFile);
  const reading = await readDataset(folder, {
    ...{ layout, name, recipe, finding, signal: control.signal, readDicomHeader: (file) => readDicomHeader(file) },
  });
  const { entries, facts } = await readAll(reading);
  const { dataset, job } = beginImport(catalog, reading, { ...request, recipe, total: entries.length });
  const { keep = keptNames(dataset) } = request;
  const plan = await runJob({ catalog, job, control }, async (steps, signal) => {
    const planned = await planImport(catalog, dataset, { entries, folder: reading.folder });
    const description = hashDescription(entries, keep);
    await importSamples({ catalog, keep, reading, dataset, plan: planned, description }, steps, signal);
    return planned;
  });
  const seconds = (performance.now() - start) / 1000;
  return describeImport({ catalog, reading, dataset, plan, facts, entries, seconds });
}

async function readAll({
  batches,
  layout,
}: DatasetReading): Promise<{ readonly entries: readonly SampleEntry[]; readonly facts: DatasetFacts }> {
  const counter = createFactCounter(layout);
  const entries: SampleEntry[] = [];
  for await (const batch of batches) {
    counter.add(batch);
    entries.push(...batch.samples);
  }
  return { entries, facts: counter.facts() };
}

type RecipedRequest = ImportRequest & { readonly recipe: Recipe | undefined };

/** In one transaction, so that of two processes only one gets the dataset. */
function beginImport(
  catalog: Catalog,
  reading: DatasetReading,
  { total, ...request }: RecipedRequest & { readonly total: number },
): { readonly dataset: Dataset; readonly job: Job } {
  const { name, folder, layout } = reading;
  const settings = { dataset: name, folder, layout };
  return catalog.transaction(() => {
    const dataset = openDataset(catalog, reading, request);
    return { dataset, job: beginJob(catalog, { kind: 'import', settings, total }) };
  });
}

function openDataset(catalog: Catalog, reading: DatasetReading, request: RecipedRequest): Dataset {
  const { name, folder, layout } = reading;
  const { keep = [], finding, recipe = null } = request;
  const known = catalog.datasets.find(name);
  if (!known) {
    const description = { keep, finding: finding ?? null, recipe };
    const { profile = defaultProfile } = request;
    return catalog.datasets.insert({ name, folder, layout, profile, recipe: description });
  }
  const sentence = describeConflict(known, { folder, layout, profile: request.profile ?? known.profile });
  if (sentence !== undefined) throw new LightboxError('request/invalid', sentence);
  refuseRunning(catalog, name);
  return known;
}

function refuseRunning(catalog: Catalog, name: string): void {
  catalog.jobs.interruptAbandoned();
  const running = catalog.jobs
    .list('running')
    .find(({ kind, settings }) => kind === 'import' && namesDataset(settings, name));
  if (!running) return;
  const sentence = `The dataset "${name}" is being imported already; wait for it, or cancel job ${running.id}.`;
  throw new LightboxError('catalog/busy', sentence);
}

function describeConflict(
  known: Dataset,
  { folder, layout, profile }: Pick<Dataset, 'folder' | 'layout' | 'profile'>,
): string | undefined {
  if (path.resolve(known.folder) !== path.resolve(folder))
    return `The catalog has a dataset "${known.name}" already, of another folder; choose a name with --name.`;
  if (known.layout !== layout || known.profile !== profile)
    return `The dataset "${known.name}" was imported as ${known.layout} with profile ${known.profile}; delete it first or choose another name.`;
  return undefined;
}

const namesDataset = (settings: unknown, name: string): boolean =>
  typeof settings === 'object' && settings !== null && 'dataset' in settings && settings.dataset === name;

async function importSamples(job: ImportJob, steps: JobSteps, signal: AbortSignal): Promise<void> {
  const { catalog, dataset, plan, keep, description } = job;
  throwIfCancelled({ signal });
  if (plan.gone.length > 0) catalog.samples.deleteAll(plan.gone);
  await redescribe(job);
  await steps.done(plan.kept.length, `${dataset.name}: comparing`);
  await examineAll(job, { planned: plan.changed, save: 'updateAll', steps, signal });
  await examineAll(job, { planned: plan.added, save: 'insertAll', steps, signal });
  catalog.samples.linkDuplicates(dataset.id, preferredCollections);
  catalog.datasets.update(dataset.id, { recipe: { ...recipeOf(dataset), keep, description } });
}

/** Of a picture that stands in several parts of a dataset, the sample that counts is the one in this part. */
const preferredCollections = ['lung'];

async function redescribe(job: ImportJob): Promise<void> {
  const { catalog, dataset, plan, description, reading } = job;
  if (recipeOf(dataset)['description'] === description) return;
  const samples = findRedescribed(catalog, {
    dataset,
    kept: plan.kept,
    deidentify: (sample) => deidentify(job, sample),
  });
  const examined: NewSample[] = [];
  for await (const sample of mapInFlight(samples, FILES_IN_FLIGHT, (one) => examineNewMasks(one, reading.folder)))
    examined.push(sample);
  if (examined.length > 0) catalog.samples.updateAll(dataset.id, examined);
}

async function examineNewMasks(sample: NewSample, folder: string): Promise<NewSample> {
  return { ...sample, masks: await examineMasks(folder, sample.masks) };
}

const recipeOf = ({ recipe }: Dataset): Readonly<Record<string, unknown>> =>
  recipe as Readonly<Record<string, unknown>>;

/** Metadata that was vouched for when the dataset was imported. */
const keptNames = (dataset: Dataset): readonly string[] => recipeOf(dataset)['keep'] as readonly string[];

interface Examination {
  readonly planned: readonly PlannedSample[];
  readonly save: 'insertAll' | 'updateAll';
  readonly steps: JobSteps;
  readonly signal: AbortSignal;
}

interface ExaminedSample {
  readonly sample: NewSample;
  readonly thumbnail: ExaminedFile['thumbnail'];
}

async function examineAll(job: ImportJob, { planned, save, steps, signal }: Examination): Promise<void> {
  const { catalog, dataset } = job;
  const examined = mapInFlight(takeUntil(planned, signal), FILES_IN_FLIGHT, (sample) => examineSample(job, sample));
  for await (const chunk of inChunks(examined, SAMPLES_TOGETHER)) {
    // Thumbnails first: a sample that is listed can be shown.
    catalog.thumbnails.insertAll(
      chunk.flatMap(({ sample: { contentSha256 }, thumbnail }) =>
        contentSha256 && thumbnail ? [{ contentSha256, size: thumbnailSize, bytes: thumbnail }] : [],
      ),
    );
    catalog.samples[save](
      dataset.id,
      chunk.map(({ sample }) => sample),
    );
    await steps.done(chunk.length, `${dataset.name}: reading pictures`);
  }
  throwIfCancelled({ signal });
}

function* takeUntil<Item>(items: Iterable<Item>, signal: AbortSignal): Generator<Item> {
  for (const item of items) {
    if (signal.aborted) return;
    yield item;
  }
}

async function examineSample(job: ImportJob, { entry, mark }: PlannedSample): Promise<ExaminedSample> {
  const { folder } = job.reading;
  const [{ facts, thumbnail }, masks] = await Promise.all([
    examineFile(path.join(folder, entry.path), mark),
    examineMasks(folder, entry.masks),
  ]);
  return { sample: deidentify(job, { ...entry, ...facts, masks }), thumbnail };
}

/** Before anything reaches the catalog. The patient's name is hashed there. */
function deidentify({ keep, dataset }: ImportJob, sample: NewSample): NewSample {
  const profile = dataset.profile as DeidentificationProfile;
  return { ...sample, metadata: deidentifyMetadata(sample.metadata, { profile, keep }) };
}
