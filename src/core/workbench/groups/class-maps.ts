import { createHash } from 'node:crypto';
import { vectorizeMap, type LeftOutReason, type NamedVector } from '#core/grouping/index.ts';
import type { Dataset, ListedSample, ReadonlyCatalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { listSamples } from '../collection/list-samples.ts';
import type { JobSteps } from '../collection/run-job.ts';
import { createHeatmapPlacer } from '../viewer/heatmap-place.ts';
import { sampleCases } from '#core/audit/index.ts';
import { findPredictionSetup } from './prediction-setup.ts';

/** A map of the class: where it lies, and whether its sign is turned so that above zero speaks for the class. */
export interface ClassMap {
  readonly id: number;
  readonly contentSha256: string;
  readonly arraySha256: string;
  readonly turned: boolean;
}

export interface ClassMaps {
  readonly maps: readonly ClassMap[];
  /** A hash over them. */
  readonly input: string;
  /** How many there were, where they are a sample. */
  readonly drawnFrom: number | undefined;
}

/** Every map is compared with every other. */
const MOST_MAPS = 5000;

export interface MapsQuestion {
  readonly setup: number;
  readonly target: number;
  readonly seed: number;
}

/** The maps of a setup that speak for a class, of each picture once. */
export function listClassMaps(catalog: ReadonlyCatalog, dataset: Dataset, question: MapsQuestion): ClassMaps {
  const { setup, target, seed } = question;
  const place = createHeatmapPlacer(catalog, { attribution: setup, prediction: findPredictionSetup(catalog, setup) });
  const samples = listSamples(catalog, { dataset: dataset.id, duplicates: false, attribution: { setup } });
  const all = samples
    .filter(({ attribution }) => attribution?.target === target)
    .map((sample) => describeMap(sample, place(sample).turned ?? false))
    .sort((a, b) => (a.contentSha256 < b.contentSha256 ? -1 : 1));
  const maps = sampleCases(all.length, MOST_MAPS, seed).flatMap((at) => all[at] ?? []);
  const hash = createHash('sha256');
  for (const map of maps) hash.update(`${map.contentSha256} ${map.arraySha256} ${String(map.turned)}\n`);
  return { maps, input: hash.digest('hex'), drawnFrom: maps.length < all.length ? all.length : undefined };
}

const describeMap = ({ id, contentSha256 = '', attribution }: ListedSample, turned: boolean): ClassMap => ({
  ...{ id, contentSha256, turned, arraySha256: attribution?.arraySha256 ?? '' },
});

export interface LoadedMaps {
  readonly named: readonly NamedVector[];
  readonly leftOut: Readonly<Record<LeftOutReason | 'unreadable', number>>;
}

/** Reads maps from the catalog, pooled and of length 1. Those that say nothing, or are damaged, are counted. */
export async function loadVectors(
  catalog: ReadonlyCatalog,
  maps: readonly ClassMap[],
  { side, steps }: { readonly side: number; readonly steps: JobSteps },
): Promise<LoadedMaps> {
  const leftOut = { 'not finite': 0, constant: 0, unreadable: 0 };
  const named: NamedVector[] = [];
  for (const map of maps) {
    const vector = await loadVector(catalog, map, side);
    if (typeof vector === 'string') leftOut[vector]++;
    else named.push({ key: map.contentSha256, vector });
    await steps.done(1, 'Reading maps');
  }
  return { named, leftOut };
}

async function loadVector(
  catalog: ReadonlyCatalog,
  { arraySha256, turned }: ClassMap,
  side: number,
): Promise<Float64Array | LeftOutReason | 'unreadable'> {
  try {
    const { shape, values } = await catalog.arrays.load(arraySha256);
    const [height = 1, width = 1] = shape;
    const relevance = Float32Array.from(values, Number);
    return vectorizeMap({ width, height, values: turned ? relevance.map((value) => -value) : relevance }, side);
  } catch (cause) {
    const error = LightboxError.from(cause);
    if (error.code === 'internal') throw error;
    return 'unreadable';
  }
}
