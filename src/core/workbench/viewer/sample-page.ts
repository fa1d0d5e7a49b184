import type { ListedSample, ReadonlyCatalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { SampleList, SamplePage, SamplePageRequest, SampleRange } from '#shared/contract/samples.ts';
import { createHeatmapPlacer, type HeatmapPlacer } from './heatmap-place.ts';
import { listQueue, pageQueue } from './sample-queue.ts';
import { toCatalogFilter } from './sample-filter.ts';

const defaultLimit = 200;

export function readSamplePage(catalog: ReadonlyCatalog, request: SamplePageRequest): SamplePage {
  const { prediction, attribution, offset = 0, limit = defaultLimit } = request;
  const show = { prediction, attribution };
  const place = createHeatmapPlacer(catalog, request);
  return catalog.snapshot(() => {
    if (request.cases) {
      const ids = listQueue(catalog, request);
      const samples = pageQueue(catalog, ids.slice(offset, offset + limit), { dataset: request.dataset, show });
      return { total: ids.length, samples: samples.map((sample) => describe(sample, place)) };
    }
    const parts = listCountedParts(catalog, request);
    const samples = cutParts(parts, { offset, limit }).flatMap(({ count, ...part }) =>
      count === 0 ? [] : catalog.samples.page({ ...part, show }).samples,
    );
    const total = parts.reduce((sum, { count }) => sum + count, 0);
    const isOpen = findOpenOnes(catalog, request, samples);
    return { total, samples: samples.map((sample) => describe(isOpen(sample) ? blank(sample) : sample, place)) };
  });
}

/** Of a reader who reads first: whether the answer on a sample is still open. */
function findOpenOnes(
  catalog: ReadonlyCatalog,
  { firstReading = false, reader = '' }: SampleList,
  samples: readonly ListedSample[],
): (sample: ListedSample) => boolean {
  if (!firstReading) return () => false;
  const ids = samples.map(({ id }) => id);
  const locked = new Set(catalog.reviews.listLocked(ids, reader));
  return ({ id }) => !locked.has(id);
}

/** Without its label and what models say. */
const blank = (sample: ListedSample): ListedSample => ({
  ...sample,
  ...{ label: undefined, prediction: undefined, attribution: undefined },
});

/** The ids of a list from one place up to another. */
export function listSampleIds(
  catalog: ReadonlyCatalog,
  list: SampleList,
  { from = 0, to = Infinity }: Pick<SampleRange, 'from' | 'to'>,
): number[] {
  return catalog.snapshot(() => {
    if (list.cases) return listQueue(catalog, list).slice(from, to);
    const parts = listCountedParts(catalog, list);
    return cutParts(parts, { offset: from, limit: to - from }).flatMap(({ count, ...part }) =>
      count === 0 ? [] : catalog.samples.listIds(part),
    );
  });
}

type ListPart = Parameters<ReadonlyCatalog['samples']['page']>[0];

/** A list is one list of the catalog, or several, one behind the other. */
function listParts(list: SampleList): readonly ListPart[] {
  const { descending } = list;
  const sort = chooseSort(list);
  if (sort !== 'worst') {
    const needs = { prediction: sort === 'confidence', attribution: sort === 'sum' };
    return [{ ...toCatalogFilter(list, needs), sort, descending }];
  }
  if (list.prediction === undefined) throw needsPrediction();
  const judged = [false, true].filter((correct) => list.correct === undefined || list.correct === correct);
  const parts = judged.map((correct): ListPart => ({
    ...toCatalogFilter({ ...list, correct }, { prediction: true }),
    ...{ sort: 'confidence', descending: !correct },
  }));
  return descending ? parts.toReversed().map((part) => ({ ...part, descending: !part.descending })) : parts;
}

/** An order by what models say would tell it to a reader who reads first. */
function chooseSort({ sort, queue, firstReading }: SampleList): NonNullable<SampleList['sort']> {
  const own = queue === undefined ? 'path' : 'place';
  if (sort === undefined || firstReading || (sort === 'place' && queue === undefined)) return own;
  return sort;
}

export type CountedPart = ListPart & { readonly count: number };

/** With their lengths. */
export function listCountedParts(catalog: ReadonlyCatalog, list: SampleList): readonly CountedPart[] {
  return listParts(list).map((part) => ({ ...part, count: catalog.samples.count(part) }));
}

/** The stretch of each part that lies in a stretch of the whole; `count` is its length. */
function cutParts(
  parts: readonly CountedPart[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): readonly CountedPart[] {
  let start = 0;
  return parts.map((part) => {
    const [from, to] = [Math.max(offset, start), Math.min(offset + limit, start + part.count)];
    const cut = { ...part, offset: from - start, limit: Math.max(1, to - from), count: Math.max(0, to - from) };
    start += part.count;
    return cut;
  });
}

function describe(sample: ListedSample, place: HeatmapPlacer): SamplePage['samples'][number] {
  const { id, contentSha256, width, height, split, label, unreadable, prediction, tags } = sample;
  return {
    ...{ id, contentSha256, width, height, split, label, unreadable, prediction, tags: [...tags] },
    attribution: sample.attribution && { ...sample.attribution, ...place(sample) },
  };
}

function needsPrediction(): LightboxError {
  return new LightboxError('request/invalid', 'The worst are told by predictions; choose a model that has predicted.');
}
