import { groupMaps, type Grouping, type GroupingStage } from '#core/grouping/index.ts';
import type { Catalog, Dataset } from '#core/catalog/index.ts';
import { keptGroupingSchema, type GroupingSettings, type KeptGrouping } from '#shared/contract/groups.ts';
import { beginJob, runJob } from '../collection/run-job.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import { lightboxVersion } from '../versions.ts';
import { listClassMaps, loadVectors, type ClassMaps, type LoadedMaps } from './class-maps.ts';

const stages: Readonly<Record<GroupingStage, string>> = {
  neighbours: 'Finding the nearest maps',
  spectrum: 'Finding eigenvalues',
  silhouettes: 'Measuring how groups differ',
  layout: 'Laying maps out',
};

/**
 * Groups the maps of a class and keeps the result in the catalog; of the same maps and settings it is taken from there. Returns its id.
 * Throws `request/invalid` for too few maps, `job/cancelled`.
 */
export async function computeGroups(
  catalog: Catalog,
  { dataset, settings }: { readonly dataset: Dataset; readonly settings: GroupingSettings },
  control: JobControl,
): Promise<number> {
  const question = { kind: 'groups', datasetId: dataset.id, settings } as const;
  const found = catalog.snapshot(() => listClassMaps(catalog, dataset, settings));
  const kept = catalog.analyses.find(question);
  const known = keptGroupingSchema.safeParse(kept?.result).data;
  if (kept && known?.input === found.input) return kept.id;
  const job = beginJob(catalog, {
    kind: 'groups',
    settings: { dataset: dataset.name, ...settings },
    total: found.maps.length,
  });
  const result = await runJob({ catalog, job, control }, async (steps, signal) => {
    const loaded = await loadVectors(catalog, found.maps, { side: settings.side, steps });
    const step = (stage: GroupingStage, done: number, total: number): void => {
      throwIfCancelled({ signal });
      control.onProgress?.({ done, total, label: `${dataset.name}: ${stages[stage]}` });
    };
    return describe(found, loaded, await groupMaps(loaded.named, settings, { step }));
  });
  return catalog.analyses.put({ ...question, setup: settings.setup, result, version: lightboxVersion });
}

/** Six digits are more than any map holds. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

function describe({ maps, input, drawnFrom }: ClassMaps, { leftOut }: LoadedMaps, grouping: Grouping): KeptGrouping {
  const byKey = new Map(maps.map((map) => [map.contentSha256, map]));
  const { neighbours, components, method, eigenvalues, silhouette, means } = grouping;
  return {
    ...{
      input,
      neighbours,
      components,
      method,
      silhouette: round(silhouette),
      ...(drawnFrom !== undefined && { drawnFrom }),
    },
    leftOut: { constant: leftOut.constant, notFinite: leftOut['not finite'], unreadable: leftOut.unreadable },
    eigenvalues: [...eigenvalues],
    means: means.map((mean) => Array.from(mean, round)),
    points: grouping.maps.flatMap(({ key, group, place: [x, y], silhouette: width, distance }) => {
      const map = byKey.get(key);
      if (!map) return [];
      const { id, arraySha256 } = map;
      return { id, arraySha256, group, x: round(x), y: round(y), silhouette: round(width), distance: round(distance) };
    }),
  };
}
