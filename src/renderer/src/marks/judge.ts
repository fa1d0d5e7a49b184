import type { Verdict } from '#shared/marks/verdict.ts';
import type { SamplePageRequest } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { blankCase, blankReview, type ReviewContent } from './history.ts';
import { useMarkScope } from './mark-scope.ts';
import { markSession } from './session.ts';

/** A case before its reader. */
export interface OpenCase {
  readonly sample: number;
  readonly author: string;
}

const findReview = ({ sample, author }: OpenCase): ReviewContent =>
  (markSession.getState().cases.get(sample) ?? blankCase).reviews.get(author) ?? blankReview;

export function changeReview(open: OpenCase, part: Partial<ReviewContent>): void {
  const before = findReview(open);
  const after = { ...before, ...part };
  if (after.verdict === before.verdict && after.note === before.note) return;
  markSession.getState().change({ subject: 'review', ...open, before, after });
  useMarkScope.getState().change({ notice: undefined });
}

export const verdictOf = (open: OpenCase): Verdict | undefined => findReview(open).verdict;

interface ListPlace {
  readonly list: SamplePageRequest;
  readonly place: number;
}

/** To the nearest case this reader has not judged; what was just done is in the catalog first. */
export async function goToOpen({ list, place }: ListPlace, author: string, backwards = false): Promise<void> {
  const { change } = useMarkScope.getState();
  if (!(await markSession.getState().settle())) return;
  try {
    const found = await api.reviews.open.call({ list, author, place, backwards });
    if (found.place === undefined) change({ notice: `${author} has judged every other case of this list.` });
    else useChoices.getState().read(found.place);
  } catch (cause) {
    change({ notice: cause instanceof Error ? cause.message : String(cause) });
  }
}
