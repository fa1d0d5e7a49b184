import type { FacetName } from '#shared/contract/facets.ts';
import type { SampleList } from '#shared/contract/samples.ts';

/** What of a list narrows it by facets. */
type Filters = Pick<SampleList, FacetName>;

interface FacetCodec {
  readonly read: (list: Filters) => readonly string[];
  readonly write: (values: readonly string[]) => Filters;
}

/** Nothing chosen is no filter. */
const some = <Value>(values: readonly Value[]): Value[] | undefined => (values.length === 0 ? undefined : [...values]);

const texts = (name: 'split' | 'label' | 'mark' | 'tag'): FacetCodec => ({
  read: (list) => list[name] ?? [],
  write: (values) => ({ [name]: some(values) }),
});

const numbers = (name: 'predicted' | 'confidence'): FacetCodec => ({
  read: (list) => (list[name] ?? []).map(String),
  write: (values) => ({ [name]: some(values.map(Number)) }),
});

/** One or the other: the latest. */
const either = (name: 'correct' | 'heatmap', yes: string, no: string): FacetCodec => ({
  read: (list) => (list[name] === undefined ? [] : [list[name] ? yes : no]),
  write: (values) => ({ [name]: values.length === 0 ? undefined : values.at(-1) === yes }),
});

const codecs: Readonly<Record<FacetName, FacetCodec>> = {
  split: texts('split'),
  label: texts('label'),
  predicted: numbers('predicted'),
  correct: either('correct', 'right', 'wrong'),
  confidence: numbers('confidence'),
  verdict: {
    read: (list) => list.verdict ?? [],
    write: (values) => ({ verdict: some(values) as SampleList['verdict'] }),
  },
  mark: texts('mark'),
  tag: texts('tag'),
  heatmap: either('heatmap', 'yes', 'no'),
};

/** The values of a facet that are chosen. */
export const readFacet = (list: Filters, facet: FacetName): readonly string[] => codecs[facet].read(list);

/** The list with a value of a facet chosen, or not any more. */
export function toggleFacet(list: SampleList, facet: FacetName, value: string): SampleList {
  const chosen = readFacet(list, facet);
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return withoutBlanks({ ...list, ...codecs[facet].write(next) });
}

const names = Object.keys(codecs) as readonly FacetName[];

export const hasFilters = (list: SampleList): boolean =>
  list.text !== undefined || list.ids !== undefined || names.some((facet) => readFacet(list, facet).length > 0);

/** The same dataset or queue, results, reader and order, all of it. */
export function withoutFilters(list: SampleList): SampleList {
  const { dataset, prediction, attribution, reader, firstReading, queue, sort, descending } = list;
  return withoutBlanks({ dataset, prediction, attribution, reader, firstReading, queue, sort, descending });
}

/** One cell of labels against predictions; the same cell again is none. */
export function toggleCell(list: SampleList, label: string, predicted: number): SampleList {
  const cell = isCell(list, label, predicted) ? {} : { label: [label], predicted: [predicted] };
  return withoutBlanks({ ...list, label: undefined, predicted: undefined, correct: undefined, ...cell });
}

export const isCell = ({ label, predicted }: SampleList, row: string, column: number): boolean =>
  label?.length === 1 && label[0] === row && predicted?.length === 1 && predicted[0] === column;

/** Two lists that say the same are the same to the cache. */
export function withoutBlanks(list: SampleList): SampleList {
  return Object.fromEntries(Object.entries(list).filter(([, value]) => value !== undefined)) as SampleList;
}
