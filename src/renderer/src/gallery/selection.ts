import { create } from 'zustand';
import { keepInSession } from '../shell/session.ts';

/** Two levels: the samples that are selected, and the one that the keyboard is at. */
interface Selection {
  /** By their ids in the catalog. */
  readonly ids: ReadonlySet<number>;
  /** A place in the list. */
  readonly primary: number;
  /** From where Shift selects. */
  readonly anchor: number | undefined;
  readonly goTo: (place: number) => void;
  readonly toggle: (id: number, place: number) => void;
  readonly addAll: (ids: readonly number[]) => void;
  readonly replace: (ids: readonly number[]) => void;
  readonly clear: () => void;
}

export const useSelection = create<Selection>((set) => ({
  ...{ ids: new Set<number>(), primary: 0, anchor: undefined },
  goTo: (primary) => {
    set({ primary });
  },
  toggle: (id, place) => {
    set(({ ids }) => ({
      ids: ids.has(id) ? new Set([...ids].filter((one) => one !== id)) : new Set([...ids, id]),
      ...{ primary: place, anchor: place },
    }));
  },
  addAll: (more) => {
    set(({ ids }) => ({ ids: new Set([...ids, ...more]) }));
  },
  replace: (ids) => {
    set({ ids: new Set(ids) });
  },
  clear: () => {
    set({ ids: new Set(), anchor: undefined });
  },
}));

keepInSession('selection', useSelection, ({ primary }) => ({ primary }));
