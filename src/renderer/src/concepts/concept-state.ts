import { create } from 'zustand';
import type { Region } from '../reading/strongest-region.ts';

/** Which concept is looked at. The layer is kept from picture to picture; the concept is a place in its ranking. */
/** The concept's heatmap; all that is known of it; or how it is carried by those of the layers before. */
export type ConceptPane = 'map' | 'page' | 'graph';

interface ConceptState {
  readonly pane: ConceptPane;
  /** Undefined: the one nearest the output. */
  readonly layer: string | undefined;
  /** From 0. */
  readonly place: number;
  /** A channel by its number, wherever it ranks; goes before the place. */
  readonly channel: number | undefined;
  /** Asked about: concepts are ranked by what they carry inside it. In the picture's pixels. */
  readonly region: Region | undefined;
  /** A region is about to be dragged. */
  readonly picking: boolean;
  /** What of the picture is on the stage now. */
  readonly inView: Region | undefined;
  readonly change: (part: Partial<Omit<ConceptState, 'change'>>) => void;
}

export const useConceptState = create<ConceptState>((set) => ({
  ...{ pane: 'map', layer: undefined, place: 0, channel: undefined },
  ...{ region: undefined, picking: false, inView: undefined },
  change: (part) => {
    set(part);
  },
}));

/** Looks at a concept wherever it ranks. */
export function openConcept(layer: string, channel: number, pane: ConceptPane = 'page'): void {
  useConceptState.getState().change({ layer, channel, pane });
}
