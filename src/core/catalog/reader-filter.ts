import type { Verdict } from '#shared/marks/verdict.ts';
import { writeList } from './rows.ts';
import type { Condition } from './sql-condition.ts';

/** What readers said of a sample, and what is still to be done for it. */
export interface ReaderFilter {
  /** One of these is the verdict of a reader; `none` where nobody has given one. */
  readonly verdicts?: readonly (Verdict | 'none')[] | undefined;
  /** The sample carries a mark of one of these kinds. */
  readonly markKinds?: readonly string[] | undefined;
  /** Only these. */
  readonly ids?: readonly number[] | undefined;
  /** Only samples without an attribution of this setup. */
  readonly unattributed?: { readonly setup: number } | undefined;
}

const judged = 'SELECT sample_id FROM reviews WHERE verdict IS NOT NULL';

/** As SQL, for samples whose id is the expression given. */
export function readerConditions(filter: ReaderFilter, id: string): readonly Condition[] {
  const { verdicts, markKinds, unattributed, ids } = filter;
  return [
    ...(ids === undefined
      ? []
      : [{ sql: `${id} IN (SELECT value FROM json_each(@ids))`, parameters: { ids: writeList(ids) } }]),
    ...(verdicts === undefined ? [] : [verdictCondition(verdicts, id)]),
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

function verdictCondition(verdicts: readonly (Verdict | 'none')[], id: string): Condition {
  const given = `${id} IN (${judged} AND verdict IN (SELECT value FROM json_each(@verdicts)))`;
  return {
    sql: verdicts.includes('none') ? `(${given} OR ${id} NOT IN (${judged}))` : given,
    parameters: { verdicts: writeList(verdicts) },
  };
}
