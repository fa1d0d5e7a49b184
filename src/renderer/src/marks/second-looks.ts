import { useQuery } from '@tanstack/react-query';
import type { Opinion, Verdict } from '#shared/marks/verdict.ts';
import { api } from '../api/client.ts';
import { queries } from '../api/queries.ts';
import { withoutReview } from './history.ts';
import type { OpenCase } from './judge.ts';
import { useMarkScope } from './mark-scope.ts';
import { markSession } from './session.ts';

export interface SecondLookView {
  readonly opinion?: Opinion | undefined;
  readonly verdict?: Verdict | undefined;
}

/** What the reader says of a case once it is locked, all of it in the order in which it was said. */
export function useSecondLooks({ sample, author }: OpenCase): readonly SecondLookView[] {
  const looks = useQuery(api.reviews.secondLooks.queryOptions({ input: { sample } }));
  return (looks.data ?? []).filter((look) => look.author === author);
}

/** The answer stands from now on, and what models say may be seen. */
export async function lockCase({ sample, author }: OpenCase): Promise<void> {
  try {
    if (!(await markSession.getState().settle())) return;
    await api.reviews.lock.call({ sample, author });
    markSession.setState(({ history }) => ({ history: withoutReview(history, { sample, author }) }));
    await markSession.getState().open(sample);
    await queries.invalidateQueries({ queryKey: api.samples.key() });
  } catch (cause) {
    tellBeside(cause);
  }
}

/** Adds what is thought now; what was thought before stays beside it. */
export async function lookAgain({ sample, author }: OpenCase, look: SecondLookView): Promise<void> {
  const options = api.reviews.secondLooks.queryOptions({ input: { sample } });
  try {
    const before = (await queries.query(options)).findLast((one) => one.author === author);
    const { opinion = before?.opinion, verdict = before?.verdict } = look;
    if (opinion === before?.opinion && verdict === before?.verdict) return;
    await api.reviews.lookAgain.call({ sample, author, opinion, verdict });
    await queries.invalidateQueries({ queryKey: options.queryKey });
  } catch (cause) {
    tellBeside(cause);
  }
}

function tellBeside(cause: unknown): void {
  useMarkScope.getState().change({ notice: cause instanceof Error ? cause.message : String(cause) });
}
