import { create } from 'zustand';
import { changed } from '../ui/changed.ts';
import { keepInSession } from '../shell/session.ts';

/** A cell of the matrix: a model and a variant. */
export interface CellPlace {
  readonly model: number;
  readonly variant: string;
}

/** What is done to pictures, and by which models they are explained then. Kept from picture to picture. */
interface StressState {
  /** Names of augmentations; undefined: those of the usual set. */
  readonly augmentations: readonly string[] | undefined;
  /** 0: the usual parameters; 1 to 5: a step of each augmentation's scale. */
  readonly severity: number;
  /** Undefined: the model looked at and the other one of two. */
  readonly models: readonly number[] | undefined;
  /** Maps are means over one-pixel shifts of the input. */
  readonly averageShifts: boolean;
  /** Variants below the picture in the layout Explain. */
  readonly strip: boolean;
  /** Looked at large. */
  readonly open: CellPlace | undefined;
  /** The question that was cancelled, or is not asked before a word of the reader. */
  readonly stopped: string | undefined;
  readonly asked: string | undefined;
  readonly change: (part: Partial<Omit<StressState, 'change'>>) => void;
}

export const useStress = create<StressState>((set) => ({
  ...{ augmentations: undefined, severity: 0, models: undefined, averageShifts: false, strip: false },
  ...{ open: undefined, stopped: undefined, asked: undefined },
  change: (part) => {
    set(changed(part));
  },
}));

keepInSession('stress', useStress, ({ augmentations, severity, models, averageShifts, strip }) => ({
  ...{ augmentations, severity, models, averageShifts, strip },
}));
