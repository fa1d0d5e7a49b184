import { create } from 'zustand';
import type { GreyWindow } from '#shared/grey-window.ts';
import type { WindowPreset, WindowPresets } from './window-presets.ts';

/** A window of the reader's own is in values, and good for pictures with the same kind of values. */
export type ValueScale = string;

interface WindowState {
  /** A preset's id, `automatic` or `own`. */
  readonly chosen: string;
  readonly own: Readonly<Record<ValueScale, GreyWindow & { readonly kind: 'window' }>>;
  readonly choose: (id: string) => void;
  readonly setOwn: (scale: ValueScale, window: GreyWindow & { readonly kind: 'window' }) => void;
}

/** The window pictures are shown with. Kept from one picture to the next. */
export const useWindow = create<WindowState>((set) => ({
  chosen: 'automatic',
  own: {},
  choose: (chosen) => {
    set({ chosen });
  },
  setOwn: (scale, window) => {
    set(({ own }) => ({ chosen: 'own', own: { ...own, [scale]: window } }));
  },
}));

type Choice = Pick<WindowState, 'chosen' | 'own'>;

/** What a choice means on a picture; a window that the picture does not have is the automatic one. */
export function resolveWindow({ chosen, own }: Choice, presets: WindowPresets, scale: ValueScale): WindowPreset {
  const window = own[scale];
  if (chosen === 'own' && window) return { id: 'own', title: 'Own window', window };
  return presets.listed.find(({ id }) => id === chosen) ?? presets.automatic;
}
