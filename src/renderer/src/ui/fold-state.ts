import { create } from 'zustand';
import { keepInSession } from '../shell/session.ts';

export type FoldName = 'look' | 'sees' | 'window' | 'reader';

interface Folds {
  readonly open: Readonly<Record<FoldName, boolean>>;
  readonly fold: (name: FoldName, isOpen: boolean) => void;
}

/** In a window lower than so many pixels the panel would not fit with everything in it open. */
const roomyFrom = 760;
const isRoomy = window.innerHeight >= roomyFrom;

/** Which parts of the reading panel are open. */
export const useFolds = create<Folds>((set) => ({
  open: { look: isRoomy, sees: isRoomy, window: isRoomy, reader: false },
  fold: (name, isOpen) => {
    set(({ open }) => (open[name] === isOpen ? {} : { open: { ...open, [name]: isOpen } }));
  },
}));

keepInSession('folds', useFolds, ({ open }) => ({ open }));
