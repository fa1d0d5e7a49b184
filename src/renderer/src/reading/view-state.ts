import { create } from 'zustand';
import { upright, type Look } from './stage-geometry.ts';

/** What dragging on the picture does. */
export type Tool = 'window' | 'pan' | 'zoom' | 'lens';

/** How pictures are looked at. Kept from one picture to the next. */
interface ViewState {
  readonly look: Look;
  /** Undefined: the window on films and other pictures of many greys, moving on photographs. */
  readonly tool: Tool | undefined;
  readonly inverted: boolean;
  /** Off until asked for: the picture comes first. */
  readonly overlay: boolean;
  /** Everything over the picture is hidden. */
  readonly hidden: boolean;
  /** The panel is out of the way. */
  readonly maximised: boolean;
  readonly change: (part: Partial<Omit<ViewState, 'change'>>) => void;
}

export const fitting: Look = { zoom: 1, center: [0.5, 0.5], turn: upright };

export const useView = create<ViewState>((set) => ({
  ...{ look: fitting, tool: undefined, inverted: false, overlay: false, hidden: false, maximised: false },
  change: (part) => {
    set(part);
  },
}));

const zooms = { smallest: 0.2, largest: 64 } as const;

export const clampZoom = (zoom: number): number => Math.min(zooms.largest, Math.max(zooms.smallest, zoom));
