import type { ReadableDatabase } from './database/database.ts';
import type { FilterSql } from './sample-filter.ts';

/** Whose verdicts count, and from where in the list to look. */
export interface OpenQuestion {
  readonly author: string;
  readonly place: number;
}

/** Where in a list there are samples without a verdict of a reader. Places begin at 0; behind the end the list begins again. */
export interface OpenPlaces {
  /** Leaving out the one that was looked from. */
  readonly count: number;
  readonly next: number | undefined;
  readonly previous: number | undefined;
}

/** A filter with the column of its samples' ids, and what stands behind ORDER BY. */
export interface OrderedFilterSql extends FilterSql {
  readonly id: string;
  readonly order: string;
}

interface PlacesRow {
  readonly count: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly behind: number | null;
  readonly before: number | null;
}

/** Walks through the whole list once: its order is an index's, and each sample's verdict is looked up by its key. */
export function findOpenPlaces(
  database: ReadableDatabase,
  { from, where, parameters, id, order }: OrderedFilterSql,
  { author, place }: OpenQuestion,
): OpenPlaces {
  const sql = `SELECT count(*) AS count, min(place) AS first, max(place) AS last,
      min(place) FILTER (WHERE place > @place) AS behind, max(place) FILTER (WHERE place < @place) AS before
    FROM (SELECT ${id} AS id, row_number() OVER (ORDER BY ${order}) - 1 AS place FROM ${from} WHERE ${where})
    WHERE place <> @place AND NOT EXISTS
      (SELECT 1 FROM reviews r WHERE r.sample_id = id AND r.author = @author AND r.verdict IS NOT NULL)`;
  const row = database.read<[object], PlacesRow>(sql).find({ ...parameters, author, place });
  return {
    count: row?.count ?? 0,
    next: row?.behind ?? row?.first ?? undefined,
    previous: row?.before ?? row?.last ?? undefined,
  };
}
