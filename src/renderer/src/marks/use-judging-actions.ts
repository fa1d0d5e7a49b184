import { useActions, type Action } from '../actions/use-actions.ts';
import type { Change } from './history.ts';
import { changeReview, isLocked, verdictOf, type OpenCase } from './judge.ts';
import { atRest, useMarkScope } from './mark-scope.ts';
import { lockCase, lookAgain } from './second-looks.ts';
import { markSession } from './session.ts';
import { useOpenCases, type ListPlace } from './use-open-cases.ts';
import { useReader } from './use-reader.ts';
import { opinionLooks, verdictLooks } from './verdict-look.ts';

/** Keys of judging, and those of marking that are there at all times. */
export function useJudgingActions(at: ListPlace): void {
  const { name: author, advances, readsFirst } = useReader().reader;
  const { sample } = at;
  const open = { sample: sample.id, author };
  const goToOpen = useOpenCases(at);
  const go = (backwards: boolean) => (): void => {
    void goToOpen(author, backwards);
  };
  useActions([
    ...verdictLooks.map(({ verdict, name, key }): Action => ({
      ...{ id: `judge.${verdict}`, title: `Verdict: ${name.toLowerCase()}`, scope: 'Judge', keys: [key] },
      run: () => {
        if (isLocked(open)) void lookAgain(open, { verdict });
        else changeReview(open, { verdict });
        if (advances && !readsFirst) go(false)();
      },
    })),
    { ...{ id: 'judge.next', title: 'Next case without a verdict', scope: 'Judge', keys: ['N'] }, run: go(false) },
    {
      ...{ id: 'judge.previous', title: 'Previous case without a verdict', scope: 'Judge', keys: ['Shift+N'] },
      run: go(true),
    },
    {
      ...{ id: 'judge.finish', title: 'Finish the case', scope: 'Judge', keys: ['Ctrl+Enter'] },
      run: () => {
        finishCase(open, { readsFirst, next: go(false) });
      },
    },
    ...opinionLooks.map(({ opinion, name, key }): Action => ({
      ...{ id: `judge.${opinion}`, title: `Of the model: ${name.toLowerCase()}`, scope: 'Judge', keys: [key] },
      run: () => {
        if (isLocked(open)) void lookAgain(open, { opinion });
        else useMarkScope.getState().change({ notice: 'Lock your own reading first: a verdict, then Ctrl Enter.' });
      },
    })),
    ...always(sample.id),
  ]);
}

interface Finishing {
  readonly readsFirst: boolean;
  readonly next: () => void;
}

/** A case without a verdict would be found open again. Of a reader who reads first the answer is locked, and after a look at the model's the case is left. */
export function finishCase(open: OpenCase, { readsFirst, next }: Finishing): void {
  // What is still being written is taken in when its field is left.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  if (verdictOf(open) === undefined)
    useMarkScope.getState().change({ notice: 'Give a verdict first: Y clean, U unsure, J suspicious.' });
  else if (readsFirst && !isLocked(open)) void lockCase(open);
  else next();
}

export const switchScope = (): void => {
  const { on, change } = useMarkScope.getState();
  change({ ...atRest, on: !on, selected: undefined });
};

export const stepBack = (sample: number, step: 'undo' | 'redo'): void => {
  const change = markSession.getState()[step]();
  useMarkScope.getState().change({ ...atRest, notice: describeStep(change, sample, step) });
};

const always = (sample: number): readonly Action[] => [
  { ...{ id: 'mark.scope', title: 'Mark: begin or end', scope: 'Mark', keys: ['G'] }, run: switchScope },
  {
    ...{ id: 'mark.undo', title: 'Undo', scope: 'Everywhere', keys: ['Ctrl+Z'] },
    run: () => {
      stepBack(sample, 'undo');
    },
  },
  {
    ...{ id: 'mark.redo', title: 'Redo', scope: 'Everywhere', keys: ['Ctrl+Y', 'Ctrl+Shift+Z'] },
    run: () => {
      stepBack(sample, 'redo');
    },
  },
];

/** What happens on another picture is not seen, so it is said. */
function describeStep(change: Change | undefined, sample: number, step: 'undo' | 'redo'): string | undefined {
  if (!change) return step === 'undo' ? 'There is nothing to undo.' : 'There is nothing to redo.';
  const what = change.subject === 'mark' ? 'a mark' : 'a review';
  return change.sample === sample
    ? undefined
    : `${step === 'undo' ? 'Undone' : 'Done again'}: ${what} on another picture.`;
}
