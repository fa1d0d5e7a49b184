import { useEffect, useRef } from 'react';
import { matchesKey, type KeyName } from './key.ts';

/** Where an action is at home; the shortcut sheet is divided by it. */
export type Scope = 'Everywhere' | 'Gallery' | 'Reading' | 'Explain' | 'Mark' | 'Judge' | 'Groups';

/** Something a user can do, by key, by the command palette, or by a control that runs the same. */
export interface Action {
  readonly id: string;
  /** `Next picture` */
  readonly title: string;
  readonly scope: Scope;
  /** None for what is reached by the command palette alone. */
  readonly keys: readonly KeyName[];
  readonly run: () => void;
}

interface Group {
  actions: readonly Action[];
}

const groups: Group[] = [];
const watchers = new Set<() => void>();

/** Tells when what can be done may have changed, and once at first. Gives what ends it. */
export function watchActions(watcher: () => void): () => void {
  watchers.add(watcher);
  watcher();
  return () => {
    watchers.delete(watcher);
  };
}

const tellWatchers = (): void => {
  for (const watcher of watchers) watcher();
};

/** What can be done now, latest first: where two have a key in common, the latest has it. */
export const listActions = (): readonly Action[] => groups.toReversed().flatMap(({ actions }) => actions);

/** Actions that can be done as long as the component is there. */
export function useActions(actions: readonly Action[]): void {
  const group = useRef<Group>({ actions });
  useEffect(() => {
    group.current.actions = actions;
  });
  useEffect(() => {
    const own = group.current;
    groups.push(own);
    tellWatchers();
    return () => {
      groups.splice(groups.indexOf(own), 1);
      tellWatchers();
    };
  }, []);
}

/** Listens to the keyboard for all actions; once, at the root. */
export function useActionKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || (isWriting(event.target) && !isCommand(event)) || isPressing(event)) return;
      const action = listActions().find(({ keys }) => keys.some((key) => matchesKey(event, key)));
      if (!action) return;
      event.preventDefault();
      action.run();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=range], [type=checkbox]), textarea, select');
}

/** Ctrl with a letter is a command wherever one writes, but for those that mean something to what is being written. */
function isCommand(event: KeyboardEvent): boolean {
  return /^F\d+$/.test(event.key) || ((event.ctrlKey || event.metaKey) && !/^[acvxyz]$/i.test(event.key));
}

/** Enter and the space bar on a button press it; with Ctrl they are a command there too. */
function isPressing({ key, target, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if ((key !== 'Enter' && key !== ' ') || ctrlKey || metaKey) return false;
  return (
    target instanceof Element && target.closest('button, a, summary, label, [role=option], [role=slider]') !== null
  );
}
