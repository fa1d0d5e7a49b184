import { create } from 'zustand';

/** What is being opened: the folder looked at, the study to bring in, and the dataset that is waited for. */
interface OpeningState {
  /** Undefined while a folder is being chosen. */
  readonly folder: string | undefined;
  /** The name of a dataset that is shown as soon as it is there. */
  readonly awaited: string | undefined;
  /** A study's file that was opened from outside. */
  readonly study: string | undefined;
  readonly look: (folder: string | undefined) => void;
  readonly bring: (study: string) => void;
  readonly await: (name: string | undefined) => void;
}

export const useOpening = create<OpeningState>((set) => ({
  ...{ folder: undefined, study: undefined, awaited: undefined },
  look: (folder) => {
    set({ folder });
  },
  bring: (study) => {
    set({ study });
  },
  await: (awaited) => {
    set({ awaited });
  },
}));
