import type { ReadableDatabase } from './database/database.ts';
import { createFilterWriter } from './filter-writer.ts';
import { orders, writeBeyond, writePage } from './list-sql.ts';
import type { PageCursor, SampleListRequest } from './page-request.ts';
import { isCrossed, sources, type FilterSql } from './sample-filter.ts';

/** Whose verdicts count, and from where in the list to look, in which direction. */
export interface OpenQuestion {
  readonly author: string;
  /** From 0. */
  readonly place: number;
  readonly backwards?: boolean | undefined;
  /** Whether a verdict that is not locked yet leaves a sample open. */
  readonly untilLocked?: boolean | undefined;
}

/** What ends the work on a sample. */
export type JudgedBy = Pick<OpenQuestion, 'author' | 'untilLocked'>;

export interface OpenSearch {
  /** The first sample behind a cursor that an author has not judged, or else of the whole list. */
  findNext(list: SampleListRequest, by: JudgedBy, here: PageCursor | undefined): number | undefined;
  /** How many samples of a list stand before one. */
  countBefore(list: SampleListRequest, cursor: PageCursor): number;
}

export function createOpenSearch(database: ReadableDatabase): OpenSearch {
  const write = createFilterWriter(database);
  const writeList = (list: SampleListRequest): FilterSql => {
    const { source } = orders[list.sort ?? 'path'];
    return write(list, { source, purpose: 'list', isPrepared: isCrossed(source, list) });
  };
  return {
    findNext: (list, by, here) => {
      const { id } = sources[orders[list.sort ?? 'path'].source];
      const filter = leaveOpen(writeList(list), id, by);
      const find = (after: PageCursor | undefined): number | undefined => {
        const { sql, parameters } = writePage({ ...list, after }, filter, { limit: 1, offset: 0 });
        return database.read<[object], { id: number }>(sql).find(parameters)?.id;
      };
      return (here && find(here)) ?? find(undefined);
    },
    countBefore: (list, { value, id }) => {
      const { from, where, parameters } = writeList(list);
      const sql = `SELECT count(*) AS count FROM ${from} WHERE ${where} AND ${writeBeyond(list, !list.descending)}`;
      const cursor = { afterValue: value, afterId: id };
      return database.read<[object], { count: number }>(sql).find({ ...parameters, ...cursor })?.count ?? 0;
    },
  };
}

/** Leaves samples without a verdict of a reader. */
function leaveOpen(filter: FilterSql, id: string, { author, untilLocked = false }: JudgedBy): FilterSql {
  const isDone = untilLocked ? 'r.locked_ms IS NOT NULL' : 'r.verdict IS NOT NULL';
  const judged = `SELECT 1 FROM reviews r WHERE r.sample_id = ${id} AND r.author = @openFor AND ${isDone}`;
  return {
    ...filter,
    where: `${filter.where} AND NOT EXISTS (${judged})`,
    parameters: { ...filter.parameters, openFor: author },
  };
}
