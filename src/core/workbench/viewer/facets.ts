import type { PredictedFilter, ReadonlyCatalog } from '#core/catalog/index.ts';
import { createClassFinder } from '#core/catalog/index.ts';
import type { Confusion, FacetCount, FacetName } from '#shared/contract/facets.ts';
import { confidenceEdges, type SampleFilter } from '#shared/contract/samples.ts';
import { verdicts } from '#shared/marks/verdict.ts';
import { toCatalogFilter, type FilterNeeds } from './sample-filter.ts';

/** How what a filter leaves is divided by one facet, its own choice not counted. Values nothing has are left out. */
export function countFacet(catalog: ReadonlyCatalog, filter: SampleFilter, facet: FacetName): FacetCount[] {
  const tells = telling.has(facet);
  const counts = catalog.snapshot(() => counters[facet](catalog, { ...filter, [facet]: undefined }, { tells }));
  return counts.filter(({ count }) => count > 0);
}

/** Labels against predicted classes; empty before there are predictions. */
export function countConfusion(catalog: ReadonlyCatalog, filter: SampleFilter): Confusion {
  const open = { ...filter, label: undefined, predicted: undefined, correct: undefined };
  const predicted = toPredicted(open);
  if (!predicted) return { cells: [] };
  const counts = Map.groupBy(
    catalog.samples.facets.countPredicted(predicted),
    (cell) => `${cell.predicted} ${cell.label}`,
  );
  const cells = Array.from(counts.values(), (same) => ({
    ...{ label: same[0]?.label ?? '', predicted: same[0]?.predicted ?? 0 },
    count: same.reduce((sum, { count }) => sum + count, 0),
  }));
  return { cells };
}

/** Facets that tell labels or what models say. */
const telling: ReadonlySet<FacetName> = new Set(['label', 'predicted', 'correct', 'confidence', 'heatmap']);

type Counter = (catalog: ReadonlyCatalog, filter: SampleFilter, needs: FilterNeeds) => readonly FacetCount[];

const counters: Readonly<Record<FacetName, Counter>> = {
  split: (catalog, filter) => sumBy(catalog.samples.facets.countGroups(toCatalogFilter(filter)), ({ split }) => split),
  label: (catalog, filter, needs) =>
    sumBy(catalog.samples.facets.countGroups(toCatalogFilter(filter, needs)), ({ label }) => label),
  predicted: withPredictions((catalog, filter) =>
    sumBy(catalog.samples.facets.countPredicted(filter), ({ predicted }) => String(predicted)),
  ),
  correct: withPredictions(countCorrect),
  confidence: withPredictions((catalog, filter) =>
    catalog.samples.facets
      .countConfidence(filter, confidenceEdges)
      .map((count, band) => ({ value: String(band), count })),
  ),
  verdict: countVerdicts,
  mark: (catalog, filter) =>
    catalog.samples.facets.countMarkKinds(toCatalogFilter(filter)).map(({ kind, count }) => ({ value: kind, count })),
  tag: (catalog, filter) =>
    catalog.samples.facets.countTags(toCatalogFilter(filter)).map(({ tag, count }) => ({ value: tag, count })),
  heatmap: countHeatmaps,
};

const toPredicted = (filter: SampleFilter): PredictedFilter | undefined => {
  const { prediction, ...rest } = toCatalogFilter(filter, { prediction: true });
  return prediction && { ...rest, prediction };
};

function withPredictions(count: (catalog: ReadonlyCatalog, filter: PredictedFilter) => readonly FacetCount[]): Counter {
  return (catalog, filter) => {
    const predicted = toPredicted(filter);
    return predicted ? count(catalog, predicted) : [];
  };
}

/** Groups whose label is no class of the model are neither right nor wrong. */
function countCorrect(catalog: ReadonlyCatalog, filter: PredictedFilter): readonly FacetCount[] {
  const { labels } = catalog.models.get(catalog.setups.get(filter.prediction.setup).model);
  const findClass = createClassFinder(labels);
  const judged = catalog.samples.facets.countPredicted(filter).flatMap(({ label, predicted, count }) => {
    const answer = findClass(label);
    return answer === undefined ? [] : [{ value: answer === predicted ? 'right' : 'wrong', count }];
  });
  return sumBy(judged, ({ value }) => value);
}

function countVerdicts(catalog: ReadonlyCatalog, filter: SampleFilter): readonly FacetCount[] {
  const { facets } = catalog.samples;
  const open = toCatalogFilter(filter);
  const given = facets.countVerdicts(open);
  return [
    ...verdicts.map((verdict) => ({ value: verdict, count: given[verdict] ?? 0 })),
    { value: 'none', count: catalog.samples.count(open) - facets.countJudged(open) },
  ];
}

function countHeatmaps(catalog: ReadonlyCatalog, filter: SampleFilter): readonly FacetCount[] {
  if (filter.attribution === undefined) return [];
  const count = (heatmap: boolean): number =>
    catalog.samples.count(toCatalogFilter({ ...filter, heatmap }, { tells: true }));
  return [
    { value: 'yes', count: count(true) },
    { value: 'no', count: count(false) },
  ];
}

function sumBy<Row extends { readonly count: number }>(
  rows: readonly Row[],
  valueOf: (row: Row) => string,
): readonly FacetCount[] {
  return Array.from(Map.groupBy(rows, valueOf), ([value, same]) => ({
    value,
    count: same.reduce((sum, { count }) => sum + count, 0),
  }));
}
