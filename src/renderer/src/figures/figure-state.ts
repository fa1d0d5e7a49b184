import { create } from 'zustand';
import type { FigureChoice } from '#shared/contract/figures.ts';
import { keepInSession } from '../shell/session.ts';

/** The figure as it was last chosen; which pictures and models is asked anew. */
type FigureLook = Omit<FigureChoice, 'dataset' | 'split' | 'models' | 'samples' | 'target'>;

interface FigureState {
  readonly look: FigureLook;
  /** Undefined: those the shown list was made with. */
  readonly models: readonly number[] | undefined;
  readonly usesSelection: boolean;
  readonly change: (change: Partial<FigureLook>) => void;
  readonly set: (change: Partial<Pick<FigureState, 'models' | 'usesSelection'>>) => void;
}

export const useFigureState = create<FigureState>((set) => ({
  look: {
    ...{ kind: 'composites', perClass: 1, seed: 1, widthMm: 85, theme: 'print', scale: 'map', show: 'map' },
    ...{ threshold: 0, casesDown: false, panelsAcross: 1 },
  },
  models: undefined,
  usesSelection: true,
  change: (change) => {
    set(({ look }) => ({ look: { ...look, ...change } }));
  },
  set,
}));

keepInSession('figures', useFigureState, ({ look, usesSelection }) => ({ look, usesSelection }));
