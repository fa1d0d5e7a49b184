import { createHash } from 'node:crypto';
import { vectorizeMap, type LeftOutReason, type NamedVector } from '#core/grouping/index.ts';
import type { Dataset, ListedSample, ReadonlyCatalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { listSamples } from '../collection/list-samples.ts';
import type { JobSteps } from '../collection/run-job.ts';
import { sampleCases } from '#core/audit/index.ts';

/** A map of the class. */
export interface ClassMap {
  readonly id: number;
  readonly contentSha256: string;
  readonly arraySha256: string;
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
  const samples = listSamples(catalog, { dataset: dataset.id, duplicates: false, attribution: { setup } });
  const all = samples
    .filter(({ attribution }) => attribution?.target === target)
    .map(describeMap)
    .sort((a, b) => (a.contentSha256 < b.contentSha256 ? -1 : 1));
  const maps = sampleCases(all.length, MOST_MAPS, seed).flatMap((at) => all[at] ?? []);
  const hash = createHash('sha256');
  for (const map of maps) hash.update(`${map.contentSha256} ${map.arraySha256}\n`);
  return { maps, input: hash.digest('hex'), drawnFrom: maps.length < all.length ? all.length : undefined };
}

const describeMap = ({ id, contentSha256 = '', attribution }: ListedSample): ClassMap => ({
  ...{ id, contentSha256, arraySha256: attribution?.arraySha256 ?? '' },
});

export interface LoadedMaps {
  readonly named: readonly NamedVector[];
  readonly leftOut: Readonly<Record<LeftOutReason | 'unreadable', number>>;
}

/**
 * Reads maps from the catalog, pooled and of length 1. Signs stay as they were computed: turned by the sign of the logit, maps would fall into those for and those against the class,
 * wherever relevance lies. Those that say nothing, or are damaged, are counted.
 */
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
  { arraySha256 }: ClassMap,
  side: number,
): Promise<Float64Array | LeftOutReason | 'unreadable'> {
  try {
    const { shape, values } = await catalog.arrays.load(arraySha256);
    const [height = 1, width = 1] = shape;
    return vectorizeMap({ width, height, values: Float32Array.from(values, Number) }, side);
  } catch (cause) {
    const error = LightboxError.from(cause);
    if (error.code === 'internal') throw error;
    return 'unreadable';
  }
}

/** Classes a setup has maps for, and how many, of each picture once. */
export function countClassMaps(
  catalog: ReadonlyCatalog,
  dataset: number,
  setup: number,
): { target: number; label: string; maps: number }[] {
  const { labels } = catalog.models.get(catalog.setups.get(setup).model);
  const samples = listSamples(catalog, { dataset, duplicates: false, attribution: { setup } });
  const counts = Map.groupBy(samples, ({ attribution }) => attribution?.target ?? -1);
  return [...counts]
    .map(([target, { length }]) => ({ target, label: labels[target] ?? `class ${target}`, maps: length }))
    .sort((a, b) => a.target - b.target);
}
