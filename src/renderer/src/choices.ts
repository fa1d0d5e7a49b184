import { create } from 'zustand';
import type { SamplePageRequest } from '#shared/contract/samples.ts';

/** What the user has chosen: which list is looked at, and which of its samples is open. */
interface Choices {
  readonly list: SamplePageRequest | undefined;
  /** Its place in the list; undefined while the gallery is shown. */
  readonly open: number | undefined;
  readonly choose: (list: SamplePageRequest) => void;
  readonly read: (place: number | undefined) => void;
}

export const useChoices = create<Choices>((set) => ({
  list: undefined,
  open: undefined,
  choose: (list) => {
    set({ list, open: undefined });
  },
  read: (open) => {
    set({ open });
  },
}));
