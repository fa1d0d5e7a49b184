import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Catalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { JobControl } from '../job.ts';
import { attributeDataset, type AttributeDatasetRequest } from './attribute-dataset.ts';
import { demoSets, modelsFolder, type DemoSet } from './demo-set.ts';
import { importDataset } from './import-dataset.ts';
import { predictDataset, type DatasetJobReport } from './predict-dataset.ts';

export interface DemoRequest {
  /** Where pictures and networks lie; those that came with the workbench when not given. */
  readonly folder?: string | undefined;
}

/** What the demo put into the catalog; counts are of what was not there before. */
export interface DemoReport {
  /** The catalog's file. */
  readonly catalog: string;
  /** Of pictures and networks. */
  readonly folder: string;
  readonly datasets: readonly DemoDatasetReport[];
  readonly seconds: number;
}

export interface DemoDatasetReport {
  readonly name: string;
  readonly planted: DemoSet['planted'];
  readonly pictures: number;
  readonly added: number;
  readonly networks: readonly DemoNetworkReport[];
}

export interface DemoNetworkReport {
  /** Below the demo's folder, with forward slashes. */
  readonly file: string;
  readonly predicted: number;
  readonly explained: number;
}

interface DemoPlace {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly folder: string;
  readonly control: JobControl;
}

/** Heatmaps of a handful: enough to look at, few enough for the first minute. */
const EXPLAINED_PER_CLASS = 3;

/**
 * Fills a catalog with the demo pictures, the predictions of all demo networks and some heatmaps. What is there already is
 * not made again. Throws `dataset/not-found` where pictures or networks are missing, and what the single jobs throw.
 */
export async function fillDemo(
  { engine, catalog }: { readonly engine: Engine; readonly catalog: Catalog },
  { folder = modelsFolder }: DemoRequest,
  control: JobControl,
): Promise<DemoReport> {
  const start = performance.now();
  for (const set of demoSets) checkFiles(catalog, set, folder);
  const datasets: DemoDatasetReport[] = [];
  for (const set of demoSets) datasets.push(await fillSet({ engine, catalog, folder, control }, set));
  return { catalog: catalog.file, folder, datasets, seconds: (performance.now() - start) / 1000 };
}

function checkFiles(catalog: Catalog, set: DemoSet, folder: string): void {
  const files = [set.folder, ...set.networks];
  const missing = files.map((file) => path.join(folder, file)).find((file) => !existsSync(file));
  if (missing !== undefined)
    throw new LightboxError('dataset/not-found', `The demo needs "${missing}", which is not there; install it again.`);
  const known = catalog.datasets.find(set.name);
  if (!known || path.resolve(known.folder) === path.resolve(folder, set.folder)) return;
  const sentence = `The catalog has a dataset "${set.name}" already, of another folder; name another catalog with --catalog.`;
  throw new LightboxError('request/invalid', sentence);
}

async function fillSet(place: DemoPlace, set: DemoSet): Promise<DemoDatasetReport> {
  const { catalog, folder, control } = place;
  const request = { folder: path.join(folder, set.folder), name: set.name, profile: 'none' } as const;
  const { samples } = await importDataset(catalog, request, control);
  const networks: DemoNetworkReport[] = [];
  for (const file of set.networks) networks.push(await runNetwork(place, set, file));
  const pictures = samples.added + samples.changed + samples.unchanged;
  return { name: set.name, planted: set.planted, pictures, added: samples.added, networks };
}

async function runNetwork(
  { engine, catalog, folder, control }: DemoPlace,
  set: DemoSet,
  file: string,
): Promise<DemoNetworkReport> {
  const modelPath = path.join(folder, file);
  // The processor is everywhere, and fast enough for networks this small.
  const request = { dataset: set.name, modelPath, provider: 'cpu' } satisfies AttributeDatasetRequest;
  const { report } = await predictDataset({ engine, catalog }, request, control);
  const heatmaps = { ...request, target: set.planted.label, perClass: EXPLAINED_PER_CLASS };
  const attributions = await attributeDataset({ engine, catalog }, heatmaps, control);
  throwFailure([report, ...attributions]);
  const computed = attributions.reduce((sum, attribution) => sum + attribution.computed, 0);
  return { file: file.split(path.sep).join('/'), predicted: report.computed, explained: computed };
}

/** None of the pictures may fail: they came with the workbench. */
function throwFailure(reports: readonly DatasetJobReport[]): void {
  const failure = reports.flatMap(({ failures }) => failures)[0];
  if (failure) throw new LightboxError(failure.error.code, failure.error.message);
}
