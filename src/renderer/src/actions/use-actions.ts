import { useEffect, useRef } from 'react';
import { matchesKey, type KeyName } from './key.ts';

/** Where an action is at home; the shortcut sheet is divided by it. */
export type Scope = 'Everywhere' | 'Gallery' | 'Reading' | 'Explain' | 'Mark' | 'Judge';

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
    return () => {
      groups.splice(groups.indexOf(own), 1);
    };
  }, []);
}

/** Listens to the keyboard for all actions; once, at the root. */
export function useActionKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || (isWriting(event.target) && isForWriting(event))) return;
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

/** In a field, plain keys write, and these with Ctrl edit what is written. */
function isForWriting({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return (!ctrlKey && !metaKey) || 'acvxyz'.includes(key.toLowerCase());
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=range], [type=checkbox]), textarea, select');
}
