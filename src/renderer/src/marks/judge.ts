import type { Verdict } from '#shared/marks/verdict.ts';
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
  if (before.lockedMs !== undefined) return;
  if (after.verdict === before.verdict && after.note === before.note) return;
  markSession.getState().change({ subject: 'review', ...open, before, after });
  useMarkScope.getState().change({ notice: undefined });
}

export const isLocked = (open: OpenCase): boolean => findReview(open).lockedMs !== undefined;

export const verdictOf = (open: OpenCase): Verdict | undefined => findReview(open).verdict;
