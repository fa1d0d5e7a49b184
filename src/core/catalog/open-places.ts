import type { FilterSql } from './sample-filter.ts';

/** Whose verdicts count, and from where in the list to look, in which direction. */
export interface OpenQuestion {
  readonly author: string;
  /** From 0. */
  readonly place: number;
  readonly backwards?: boolean | undefined;
}

/** Leaves samples without a verdict of a reader. */
export function leaveOpen(filter: FilterSql, id: string, author: string): FilterSql {
  const judged = `SELECT 1 FROM reviews r WHERE r.sample_id = ${id} AND r.author = @author AND r.verdict IS NOT NULL`;
  return {
    ...filter,
    where: `${filter.where} AND NOT EXISTS (${judged})`,
    parameters: { ...filter.parameters, author },
  };
}
