/** What was done to marks and reviews, so that it can be undone: values alone, on any picture. */
import type { MarkShape } from '#shared/marks/mark-shape.ts';
import type { Verdict } from '#shared/marks/verdict.ts';

/** Stays the same while the window is open, whatever number the catalog gives the mark. */
export type MarkKey = string;

export interface MarkContent {
  readonly kind: string;
  readonly shape: MarkShape;
  readonly note: string;
  readonly author: string;
}

export interface ReviewContent {
  readonly verdict: Verdict | undefined;
  readonly note: string;
  /** From when on it stands as it is; undefined while it can be changed. */
  readonly lockedMs?: number | undefined;
}

export const blankReview: ReviewContent = { verdict: undefined, note: '' };

/** A change of one thing from what it was to what it is; undefined where it was not there, or is gone. */
export type Change =
  | {
      readonly subject: 'mark';
      readonly sample: number;
      readonly key: MarkKey;
      readonly before: MarkContent | undefined;
      readonly after: MarkContent | undefined;
    }
  | {
      readonly subject: 'review';
      readonly sample: number;
      readonly author: string;
      readonly before: ReviewContent;
      readonly after: ReviewContent;
    };

/** What was marked and judged on one sample. */
export interface CaseState {
  readonly marks: ReadonlyMap<MarkKey, MarkContent>;
  /** By author. */
  readonly reviews: ReadonlyMap<string, ReviewContent>;
}

/** By sample. */
export type Cases = ReadonlyMap<number, CaseState>;

export const blankCase: CaseState = { marks: new Map(), reviews: new Map() };

export function applyChange(cases: Cases, change: Change): Cases {
  const known = cases.get(change.sample) ?? blankCase;
  const changed =
    change.subject === 'mark'
      ? { ...known, marks: withEntry(known.marks, change.key, change.after) }
      : { ...known, reviews: withEntry(known.reviews, change.author, change.after) };
  return withEntry(cases, change.sample, changed);
}

function withEntry<Key, Value>(
  entries: ReadonlyMap<Key, Value>,
  key: Key,
  value: Value | undefined,
): ReadonlyMap<Key, Value> {
  const changed = new Map(entries);
  if (value === undefined) changed.delete(key);
  else changed.set(key, value);
  return changed;
}

export const invert = (change: Change): Change =>
  change.subject === 'mark'
    ? { ...change, before: change.after, after: change.before }
    : { ...change, before: change.after, after: change.before };

/** What can be undone, and what can be done again; the latest last. */
export interface History {
  readonly done: readonly Change[];
  readonly undone: readonly Change[];
}

export const blankHistory: History = { done: [], undone: [] };

/** What led to an answer cannot be undone once that is locked. */
export function withoutReview({ done, undone }: History, { sample, author }: ReviewOf): History {
  const isOther = (change: Change): boolean =>
    change.subject !== 'review' || change.sample !== sample || change.author !== author;
  return { done: done.filter(isOther), undone: undone.filter(isOther) };
}

interface ReviewOf {
  readonly sample: number;
  readonly author: string;
}

const mostRemembered = 1000;

/** What was undone before a new change cannot be done again. */
export const record = ({ done }: History, change: Change): History => ({
  done: [...done, change].slice(-mostRemembered),
  undone: [],
});

interface Step {
  readonly history: History;
  /** What is to be done to the cases. */
  readonly change: Change;
}

export function undo({ done, undone }: History): Step | undefined {
  const change = done.at(-1);
  return change && { history: { done: done.slice(0, -1), undone: [...undone, change] }, change: invert(change) };
}

export function redo({ done, undone }: History): Step | undefined {
  const change = undone.at(-1);
  return change && { history: { done: [...done, change], undone: undone.slice(0, -1) }, change };
}
