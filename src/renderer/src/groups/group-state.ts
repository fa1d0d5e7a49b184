import { create } from 'zustand';
import { keepInSession } from '../shell/session.ts';

/** By what maps are colored: `group`, `label`, `predicted`, `split`, or the name of a region. */
export type ColorChoice = string;

interface GroupState {
  /** A class of the model; the one with most maps where nothing was chosen. */
  readonly target: number | undefined;
  /** By the eigengap where nothing was chosen. */
  readonly count: number | undefined;
  readonly seed: number;
  readonly color: ColorChoice;
  /** The group the list stands at. */
  readonly group: number;
  /** Samples chosen by lasso, click or list. */
  readonly chosen: ReadonlySet<number>;
  readonly hovered: number | undefined;
  readonly change: (part: Partial<Pick<GroupState, 'target' | 'count' | 'seed' | 'color'>>) => void;
  readonly stand: (group: number, members: readonly number[]) => void;
  readonly choose: (ids: readonly number[], isAdded: boolean) => void;
  readonly hover: (id: number | undefined) => void;
}

export const useGroups = create<GroupState>((set) => ({
  ...{ target: undefined, count: undefined, seed: 1, color: 'group', group: 0 },
  ...{ chosen: new Set<number>(), hovered: undefined },
  change: (part) => {
    set(part);
  },
  stand: (group, members) => {
    set({ group, chosen: new Set(members) });
  },
  choose: (ids, isAdded) => {
    set(({ chosen }) => ({ chosen: new Set(isAdded ? [...chosen, ...ids] : ids) }));
  },
  hover: (hovered) => {
    set({ hovered });
  },
}));

keepInSession('groups', useGroups, ({ count, seed, color }) => ({ count, seed, color }));
