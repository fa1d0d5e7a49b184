import type { ListedSample, OpenQuestion, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { SampleFilter } from '#shared/contract/samples.ts';
import { toCatalogFilter } from './sample-filter.ts';

/** The ids of a queue that its filter lets through, in the queue's order. */
export function listQueue(catalog: ReadonlyCatalog, list: SampleFilter): number[] {
  const passing = new Set(catalog.samples.listIds(toCatalogFilter(list)));
  return (list.cases ?? []).filter((id) => passing.has(id));
}

type Shown = Pick<Parameters<ReadonlyCatalog['samples']['page']>[0], 'dataset' | 'show'>;

/** Samples in the order of their ids given. */
export function pageQueue(catalog: ReadonlyCatalog, ids: readonly number[], shown: Shown): readonly ListedSample[] {
  if (ids.length === 0) return [];
  const { samples } = catalog.samples.page({ ...shown, ids, limit: ids.length });
  const byId = new Map(samples.map((sample) => [sample.id, sample]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** As `findOpenPlace`. */
export function findOpenInQueue(
  catalog: ReadonlyCatalog,
  list: SampleFilter,
  { author, place, backwards = false }: OpenQuestion,
): number | undefined {
  const ids = listQueue(catalog, list);
  const step = backwards ? -1 : 1;
  const around = ids.map((_, index) => (place + step * (index + 1) + ids.length * 2) % ids.length);
  return around.find((at) => at !== place && catalog.reviews.find(ids[at] ?? 0, author)?.verdict === undefined);
}
