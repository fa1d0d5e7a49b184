import type { SampleFilter as CatalogFilter } from '#core/catalog/index.ts';
import { confidenceEdges, type SampleFilter } from '#shared/contract/samples.ts';

/** What of predictions and heatmaps a list needs beside its filter: its order may ask for them. */
export interface FilterNeeds {
  readonly prediction?: boolean | undefined;
  readonly attribution?: boolean | undefined;
  /** What is asked would tell labels or what models say. */
  readonly tells?: boolean | undefined;
}

/** The window's filter in the catalog's terms. Setups that are only shown do not narrow the list. */
export function toCatalogFilter(filter: SampleFilter, needs: FilterNeeds = {}): CatalogFilter {
  const { dataset, text, attribution, heatmap } = filter;
  const hasHeatmap = heatmap === true || needs.attribution === true;
  return {
    ...{ dataset, split: chosen(filter.split), label: chosen(filter.label), text },
    ...{ verdicts: chosen(filter.verdict), markKinds: chosen(filter.mark), tags: chosen(filter.tag) },
    ...{ ids: filter.cases ?? filter.ids },
    ...{ reader: filter.reader, queue: filter.queue },
    ...(isTelling(filter, needs) && { lockedBy: filter.reader ?? '' }),
    ...predictionPart(filter, needs),
    ...(attribution !== undefined && hasHeatmap && { attribution: { setup: attribution } }),
    ...(attribution !== undefined && heatmap === false && { unattributed: { setup: attribution } }),
  };
}

/** Of a reader who reads first, whatever tells what they are not to know is asked of locked samples alone. */
function isTelling(filter: SampleFilter, { tells, prediction, attribution }: FilterNeeds): boolean {
  if (!filter.firstReading) return false;
  const choices = [
    chosen(filter.label),
    chosen(filter.predicted),
    chosen(filter.confidence),
    filter.correct,
    filter.heatmap,
  ];
  return [tells, prediction, attribution].some(Boolean) || choices.some((choice) => choice !== undefined);
}

function predictionPart(filter: SampleFilter, needs: FilterNeeds): Pick<CatalogFilter, 'prediction'> {
  const [predicted, confidence] = [chosen(filter.predicted), chosen(filter.confidence)];
  const { prediction: setup, correct } = filter;
  const isAsked = [predicted, confidence, correct].some((choice) => choice !== undefined) || needs.prediction === true;
  if (setup === undefined || !isAsked) return {};
  return { prediction: { setup, predicted, correct, confidenceWithin: confidence?.map(toBand) } };
}

/** Nothing chosen is no choice. */
const chosen = <Value>(values: readonly Value[] | undefined): readonly Value[] | undefined =>
  values === undefined || values.length === 0 ? undefined : values;

const toBand = (band: number): readonly [low: number, high: number] => [
  confidenceEdges[band] ?? Infinity,
  confidenceEdges[band + 1] ?? Infinity,
];
