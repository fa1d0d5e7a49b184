import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import type { SampleEntry } from '#shared/samples.ts';
import type { Catalog, Dataset, Job } from '#core/catalog/index.ts';
import {
  createFactCounter,
  defaultProfile,
  readDataset,
  type DatasetFacts,
  type DatasetReading,
} from '#core/datasets/index.ts';
import { readDicomHeader } from '#core/imaging/index.ts';
import { auditDataset } from '../dataset-audit/audit-dataset.ts';
import type { JobControl } from '../job.ts';
import { describeImport, type ImportReport } from './describe-import.ts';
import type { ImportRequest } from './import-request.ts';
import { chooseRecipe, recipeOf, type ImportRecipe } from './import-recipe.ts';
import { importSamples, keptNames } from './import-samples.ts';
import { beginJob, runJob, waitToSave } from './run-job.ts';

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
  const chosen = await chooseRecipe(catalog, request);
  const reading = await readDataset(request.folder, {
    ...{ ...chosen, name: request.name, signal: control.signal, readDicomHeader: (file) => readDicomHeader(file) },
  });
  const { entries, facts } = await readAll(reading);
  await waitToSave(catalog, control);
  const { dataset, job } = beginImport(catalog, reading, { ...request, ...chosen, total: entries.length });
  const { keep = keptNames(dataset) } = request;
  const samples = await runJob({ catalog, job, control }, (steps, signal) =>
    importSamples({ catalog, keep, folder: reading.folder, dataset, entries }, steps, signal),
  );
  const { findings } = await auditDataset(catalog, { dataset: dataset.name }, control);
  const seconds = (performance.now() - start) / 1000;
  return describeImport({ catalog, reading, dataset, samples, facts, entries, findings, seconds });
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

type RecipedRequest = ImportRequest & ImportRecipe;

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
  const { keep = [], finding = null, recipe = null } = request;
  const known = catalog.datasets.find(name);
  if (!known) {
    const { profile = defaultProfile } = request;
    return catalog.datasets.insert({ name, folder, layout, profile, recipe: { keep, finding, recipe } });
  }
  const sentence = describeConflict(known, { folder, layout, profile: request.profile ?? known.profile });
  if (sentence !== undefined) throw new LightboxError('request/invalid', sentence);
  refuseRunning(catalog, name);
  return { ...known, recipe: { ...recipeOf(known), finding, recipe } };
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
