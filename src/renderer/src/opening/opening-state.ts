import { create } from 'zustand';

/** What is being opened: the folder looked at, and the dataset that is waited for. */
interface OpeningState {
  /** Undefined while a folder is being chosen. */
  readonly folder: string | undefined;
  /** The name of a dataset that is shown as soon as it is there. */
  readonly awaited: string | undefined;
  readonly look: (folder: string | undefined) => void;
  readonly await: (name: string | undefined) => void;
}

export const useOpening = create<OpeningState>((set) => ({
  ...{ folder: undefined, awaited: undefined },
  look: (folder) => {
    set({ folder });
  },
  await: (awaited) => {
    set({ awaited });
  },
}));
