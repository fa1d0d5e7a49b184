import type { Verdict } from '#shared/marks/verdict.ts';
import { writeList } from './rows.ts';
import type { Condition } from './sql-condition.ts';

/** What readers said of a sample, and what is still to be done for it. */
export interface ReaderFilter {
  /** Whose verdicts count; of all readers when not given. */
  readonly reader?: string | undefined;
  /** Only samples this reader has locked an answer on. */
  readonly lockedBy?: string | undefined;
  /** Only samples of this queue. */
  readonly queue?: number | undefined;
  /** One of these is the verdict of a reader; `none` where nobody has given one. */
  readonly verdicts?: readonly (Verdict | 'none')[] | undefined;
  /** The sample carries a mark of one of these kinds. */
  readonly markKinds?: readonly string[] | undefined;
  /** Only these. */
  readonly ids?: readonly number[] | undefined;
  /** Only samples without an attribution of this setup. */
  readonly unattributed?: { readonly setup: number } | undefined;
}

/** What readers, or one of them, have said. */
export const writeReviews = ({ reader }: ReaderFilter): string =>
  reader === undefined ? 'reviews' : '(SELECT * FROM reviews WHERE author = @reader)';

/** As SQL, for samples whose id is the expression given. */
export function readerConditions(filter: ReaderFilter, id: string): readonly Condition[] {
  const { verdicts, markKinds, unattributed, lockedBy, queue, ids } = filter;
  return [
    ...(ids === undefined
      ? []
      : [{ sql: `${id} IN (SELECT value FROM json_each(@ids))`, parameters: { ids: writeList(ids) } }]),
    ...(verdicts === undefined ? [] : [verdictCondition(filter, verdicts, id)]),
    ...(lockedBy === undefined
      ? []
      : [
          {
            sql: `${id} IN (SELECT sample_id FROM reviews WHERE author = @lockedBy AND locked_ms IS NOT NULL)`,
            parameters: { lockedBy },
          },
        ]),
    ...(queue === undefined
      ? []
      : [{ sql: `${id} IN (SELECT sample_id FROM queue_samples WHERE queue_id = @queue)`, parameters: { queue } }]),
    ...(markKinds === undefined
      ? []
      : [
          {
            sql: `${id} IN (SELECT sample_id FROM marks WHERE kind IN (SELECT value FROM json_each(@markKinds)))`,
            parameters: { markKinds: writeList(markKinds) },
          },
        ]),
    ...(unattributed === undefined
      ? []
      : [
          {
            sql: `${id} NOT IN (SELECT sample_id FROM attributions WHERE setup_id = @unattributed)`,
            parameters: { unattributed: unattributed.setup },
          },
        ]),
  ];
}

function verdictCondition(filter: ReaderFilter, verdicts: readonly (Verdict | 'none')[], id: string): Condition {
  const judged = `SELECT sample_id FROM ${writeReviews(filter)} WHERE verdict IS NOT NULL`;
  const given = `${id} IN (${judged} AND verdict IN (SELECT value FROM json_each(@verdicts)))`;
  return {
    sql: verdicts.includes('none') ? `(${given} OR ${id} NOT IN (${judged}))` : given,
    parameters: { verdicts: writeList(verdicts), reader: filter.reader },
  };
}
