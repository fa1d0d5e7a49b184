import { create } from 'zustand';
import type { SampleList } from '#shared/contract/samples.ts';
import { keepInSession } from './shell/session.ts';

/** What the user has chosen: which list is looked at, and which of its samples is open. */
interface Choices {
  readonly list: SampleList | undefined;
  /** Its place in the list; undefined while the gallery is shown. */
  readonly open: number | undefined;
  /** The list as it was before its filters were set aside; undefined while they hold. */
  readonly aside: SampleList | undefined;
  readonly choose: (list: SampleList) => void;
  readonly read: (place: number | undefined) => void;
  /** Shows another list until `takeBack` shows the one before again. */
  readonly setAside: (list: SampleList) => void;
  readonly takeBack: () => void;
}

export const useChoices = create<Choices>((set) => ({
  ...{ list: undefined, open: undefined, aside: undefined },
  choose: (list) => {
    set({ list, open: undefined, aside: undefined });
  },
  read: (open) => {
    set({ open });
  },
  setAside: (list) => {
    set((state) => ({ list, open: undefined, aside: state.list }));
  },
  takeBack: () => {
    set((state) => ({ list: state.aside ?? state.list, open: undefined, aside: undefined }));
  },
}));

keepInSession('choices', useChoices, ({ list, open, aside }) => ({ list, open, aside }));
