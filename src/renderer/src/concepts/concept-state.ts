import { create } from 'zustand';
import type { Region } from '../reading/strongest-region.ts';

/** Which concept is looked at. The layer is kept from picture to picture; the concept is a place in its ranking. */
interface ConceptState {
  /** Undefined: the one nearest the output. */
  readonly layer: string | undefined;
  /** From 0. */
  readonly place: number;
  /** Asked about: concepts are ranked by what they carry inside it. In the picture's pixels. */
  readonly region: Region | undefined;
  /** What of the picture is on the stage now. */
  readonly inView: Region | undefined;
  readonly change: (part: Partial<Omit<ConceptState, 'change'>>) => void;
}

export const useConceptState = create<ConceptState>((set) => ({
  ...{ layer: undefined, place: 0, region: undefined, inView: undefined },
  change: (part) => {
    set(part);
  },
}));
