import { create } from 'zustand';
import { changed } from '../ui/changed.ts';
import type { Sampling } from './overlay/overlay-look.ts';
import { upright, type Look } from './stage-geometry.ts';

/** What dragging on the picture does. */
export type Tool = 'window' | 'pan' | 'zoom' | 'lens';

/** How pictures are looked at. Kept from one picture to the next. */
interface ViewState {
  readonly look: Look;
  /** What the zoom `one-to-one` comes to on the stage. */
  readonly oneToOne: number;
  /** Undefined: the window on films and other pictures of many greys, moving on photographs. */
  readonly tool: Tool | undefined;
  /** How much the magnifier enlarges what is on the stage. */
  readonly lensPower: 2 | 3 | 4;
  readonly inverted: boolean;
  readonly sampling: Sampling;
  /** Off until asked for: the picture comes first. */
  readonly overlay: boolean;
  /** Everything over the picture is hidden. */
  readonly hidden: boolean;
  /** The panel is out of the way. */
  readonly maximised: boolean;
  /** A frame around the part the model saw. */
  readonly crop: boolean;
  /** The picture as the model was given it. */
  readonly modelInput: boolean;
  /** A frame around the strongest region of the map. */
  readonly strongest: boolean;
  /** A frame around the receptive field of the strongest neuron. */
  readonly field: boolean;
  readonly change: (part: Partial<Omit<ViewState, 'change'>>) => void;
}

export const fitting: Look = { zoom: 1, center: [0.5, 0.5], turn: upright };

export const useView = create<ViewState>((set) => ({
  ...{ look: fitting, oneToOne: 1, tool: undefined, lensPower: 2, inverted: false, sampling: 'automatic' },
  ...{ overlay: false, hidden: false, maximised: false, crop: true, modelInput: false, strongest: false, field: false },
  change: (part) => {
    set(changed(part));
  },
}));

const zooms = { smallest: 0.2, largest: 64 } as const;

export const clampZoom = (zoom: number): number => Math.min(zooms.largest, Math.max(zooms.smallest, zoom));
