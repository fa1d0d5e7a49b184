import type { Verdict } from '#shared/marks/verdict.ts';
import type { ReadableDatabase } from './database/database.ts';
import { createFilterWriter } from './filter-writer.ts';
import { chooseSource, sources, type FilterSql, type PredictionFilter, type SampleFilter } from './sample-filter.ts';
import { writeReviews } from './reader-filter.ts';
import type { TagCount } from './tags.ts';

/** A filter of samples that have a prediction of a setup. */
export type PredictedFilter = SampleFilter & { readonly prediction: PredictionFilter };

/** How the samples that a filter leaves are divided; each is one query. */
export interface FacetCounter {
  /** By split and label, '' where the dataset does not say. */
  countGroups(filter: SampleFilter): readonly GroupedCount[];
  /** By split, label and predicted class. */
  countPredicted(filter: PredictedFilter): readonly (GroupedCount & { readonly predicted: number })[];
  /** By confidence: from each edge up to the next, the last one without an end. Below the first nobody is counted. */
  countConfidence(filter: PredictedFilter, edges: readonly number[]): readonly number[];
  /** By the verdict of the filter's reader, or of any. */
  countVerdicts(filter: SampleFilter): Readonly<Partial<Record<Verdict, number>>>;
  /** Samples of which the filter's reader, or any, gave a verdict. */
  countJudged(filter: SampleFilter): number;
  /** Samples by what kinds of marks they carry. */
  countMarkKinds(filter: SampleFilter): readonly { readonly kind: string; readonly count: number }[];
  countTags(filter: SampleFilter): readonly TagCount[];
}

export interface GroupedCount {
  readonly split: string;
  readonly label: string;
  readonly count: number;
}

interface ValueCount {
  readonly value: string;
  readonly count: number;
}

export function createFacetCounter(database: ReadableDatabase): FacetCounter {
  const write = createFilterWriter(database);
  const list = (filter: SampleFilter, compose: Composer, more: object = {}): readonly unknown[] => {
    const source = chooseSource(filter);
    const written = write(filter, { source, purpose: 'count' });
    const sql = compose({ ...written, id: sources[source].id, group: `${source}.group_id` });
    return database.read<[object], unknown>(sql).list({ ...written.parameters, reader: filter.reader, ...more });
  };
  /** Samples that carry something of a table, by what it is. */
  const listCarried = (filter: SampleFilter, table: string, value: string): readonly ValueCount[] =>
    list(
      filter,
      ({ from, where, id }) =>
        `SELECT ${value} AS value, count(DISTINCT sample_id) AS count FROM ${table}
         WHERE ${value} IS NOT NULL AND sample_id IN (SELECT ${id} FROM ${from} WHERE ${where}) GROUP BY 1 ORDER BY 1`,
    ) as readonly ValueCount[];
  return {
    countGroups: (filter) => list(filter, composeGroups) as readonly GroupedCount[],
    countPredicted: (filter) =>
      list(filter, composePredicted) as readonly (GroupedCount & { readonly predicted: number })[],
    countConfidence: (filter, edges) => {
      const named = Object.fromEntries(edges.map((edge, band) => [`edge${band}`, edge]));
      const rows = list(filter, composeConfidence(edges.length), named) as readonly { band: number; count: number }[];
      return edges.map((_, band) => rows.find((row) => row.band === band + 1)?.count ?? 0);
    },
    countVerdicts: (filter) =>
      Object.fromEntries(
        listCarried(filter, writeReviews(filter), 'verdict').map(({ value, count }) => [value, count]),
      ),
    countJudged: (filter) => (list(filter, composeJudged(filter)) as readonly { count: number }[])[0]?.count ?? 0,
    countMarkKinds: (filter) =>
      listCarried(filter, 'marks', 'kind').map(({ value, count }) => ({ kind: value, count })),
    countTags: (filter) => listCarried(filter, 'tags', 'tag').map(({ value, count }) => ({ tag: value, count })),
  };
}

type Composer = (parts: Pick<FilterSql, 'from' | 'where'> & { readonly id: string; readonly group: string }) => string;

/** Groups are few: samples are counted by group first. */
const composeGroups: Composer = ({ from, where, group }) =>
  `SELECT g.split, g.label, sum(c.count) AS count
   FROM (SELECT ${group} AS id, count(*) AS count FROM ${from} WHERE ${where} GROUP BY 1) c JOIN groups g ON g.id = c.id
   WHERE g.dataset_id = @dataset GROUP BY 1, 2 ORDER BY 1, 2`;

const composePredicted: Composer = ({ from, where, group }) =>
  `SELECT g.split, g.label, c.predicted, sum(c.count) AS count
   FROM (SELECT ${group} AS id, p.predicted, count(*) AS count FROM ${from} WHERE ${where} GROUP BY 1, 2) c
   JOIN groups g ON g.id = c.id WHERE g.dataset_id = @dataset GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

/** How many edges lie at or below a confidence is the number of its band. */
const composeConfidence =
  (edges: number): Composer =>
  ({ from, where }) => {
    const passed = Array.from({ length: edges }, (_, band) => `(p.confidence >= @edge${band})`);
    return `SELECT ${passed.join(' + ')} AS band, count(*) AS count FROM ${from} WHERE ${where} GROUP BY 1`;
  };

const composeJudged =
  (filter: SampleFilter): Composer =>
  ({ from, where, id }) =>
    `SELECT count(DISTINCT sample_id) AS count FROM ${writeReviews(filter)}
     WHERE verdict IS NOT NULL AND sample_id IN (SELECT ${id} FROM ${from} WHERE ${where})`;
