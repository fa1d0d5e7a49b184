import type { SampleFilter } from './sample-filter.ts';
import type { ListedPrediction, ListedSample } from './sample-listing.ts';
import type { SampleOrder } from './page-request.ts';
import { catalog, classIndex, everything, queued } from './many-samples.ts';

/** The filter, said plainly: what each of its fields asks of a sample. */
const demands: {
  readonly [Field in keyof SampleFilter]-?: (
    sample: ListedSample,
    wanted: Wanted<Field>,
    filter: SampleFilter,
  ) => boolean;
} = {
  dataset: (sample, wanted) => sample.datasetId === wanted,
  split: ({ split = '' }, wanted) => [wanted].flat().includes(split),
  label: ({ label = '' }, wanted) => [wanted].flat().includes(label),
  collection: ({ collection = '' }, wanted) => [wanted].flat().includes(collection),
  tags: ({ tags }, wanted) => wanted.every((tag) => tags.includes(tag)),
  text: ({ path }, wanted) => path.toLowerCase().includes(wanted.toLowerCase()),
  ids: ({ id }, wanted) => wanted.includes(id),
  duplicates: ({ primaryId }, wanted) => wanted || primaryId === undefined,
  attribution: ({ attribution }) => attribution !== undefined,
  prediction: ({ prediction }, wanted) => prediction !== undefined && suits(prediction, wanted),
  // Says how verdicts are asked for, nothing of a sample.
  reader: () => true,
  lockedBy: ({ id }, wanted) => catalog.reviews.find(id, wanted)?.lockedMs !== undefined,
  queue: ({ id }) => queued.includes(id),
  verdicts: (sample, wanted, filter) => {
    const given = listVerdicts(sample, filter);
    return wanted.some((verdict) => (verdict === 'none' ? given.length === 0 : given.includes(verdict)));
  },
  markKinds: ({ id }, wanted) => catalog.marks.list(id).some(({ kind }) => wanted.includes(kind)),
  unattributed: ({ attribution }) => attribution === undefined,
  concept: ({ concept: listed, label = '' }, { shareAbove = -2, shareBelow = 2 }) =>
    listed?.target === classIndex[label] &&
    listed !== undefined &&
    listed.share > shareAbove &&
    listed.share < shareBelow,
};

export const listVerdicts = ({ id }: ListedSample, { reader }: SampleFilter): readonly string[] =>
  catalog.reviews
    .list(id)
    .flatMap(({ author, verdict }) => (reader === undefined || author === reader ? (verdict ?? []) : []));

type Wanted<Field extends keyof SampleFilter> = Exclude<SampleFilter[Field], undefined>;

function suits({ predicted, correct, confidence }: ListedPrediction, wanted: Wanted<'prediction'>): boolean {
  const { confidenceAbove = 0, confidenceBelow = 2, confidenceWithin = [[0, 2]] } = wanted;
  const isWanted = (value: unknown, choice: unknown): boolean =>
    choice === undefined || (Array.isArray(choice) ? choice.includes(value) : choice === value);
  const isWithin = confidenceWithin.some(([low, high]) => confidence >= low && confidence < high);
  const isSure = confidence >= confidenceAbove && confidence < confidenceBelow && isWithin;
  return isWanted(predicted, wanted.predicted) && isWanted(correct, wanted.correct) && isSure;
}

function passes(sample: ListedSample, filter: SampleFilter): boolean {
  return Object.entries(filter).every(([field, wanted]) => {
    const demand = demands[field as keyof SampleFilter] as (
      ...asked: readonly [ListedSample, unknown, SampleFilter]
    ) => boolean;
    return wanted === undefined || demand(sample, wanted, filter);
  });
}

interface Order {
  readonly sort: SampleOrder;
  readonly descending: boolean;
}

const valueOf: Record<SampleOrder, (sample: ListedSample) => string | number> = {
  path: ({ path }) => path,
  confidence: ({ prediction }) => prediction?.confidence ?? 0,
  sum: ({ attribution }) => attribution?.sum ?? 0,
  share: ({ concept: listed }) => listed?.share ?? 0,
  place: ({ id }) => queued.indexOf(id),
};

/** What looking through all samples one by one gives. */
export function listPlainly(filter: SampleFilter, { sort, descending }: Order): readonly ListedSample[] {
  const value = valueOf[sort];
  const found = everything.flatMap((sample) => {
    const shown = filter.concept ? sample : { ...sample, concept: undefined };
    return passes(sample, filter) ? [shown] : [];
  });
  const inOrder = found.sort((left, right) => {
    if (value(left) === value(right)) return left.id - right.id;
    return value(left) < value(right) ? -1 : 1;
  });
  return descending ? inOrder.reverse() : inOrder;
}
