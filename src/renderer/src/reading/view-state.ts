import { create } from 'zustand';

/** How pictures are looked at. Kept from one picture to the next. */
interface ViewState {
  /** 1 fits the picture into the window. */
  readonly zoom: number;
  /** In pixels of the window. */
  readonly pan: readonly [x: number, y: number];
  readonly inverted: boolean;
  /** Off until asked for: the picture comes first. */
  readonly overlay: boolean;
  /** Everything over the picture is hidden. */
  readonly hidden: boolean;
  readonly opacity: number;
  readonly change: (part: Partial<Omit<ViewState, 'change'>>) => void;
}

export const useView = create<ViewState>((set) => ({
  ...{ zoom: 1, pan: [0, 0], inverted: false, overlay: false, hidden: false, opacity: 1 },
  change: (part) => {
    set(part);
  },
}));

const zooms = { smallest: 0.2, largest: 20 } as const;

export const clampZoom = (zoom: number): number => Math.min(zooms.largest, Math.max(zooms.smallest, zoom));
