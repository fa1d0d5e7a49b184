import { create } from 'zustand';
import type { CompositeName } from '#shared/composite-names.ts';

/** What lies side by side. */
export type LayoutName = 'read' | 'explain' | 'seven' | 'concepts' | 'models' | 'stress';

/** Which class is explained: the one the model predicts, the one the picture is labelled with, or one by its index. */
export type TargetChoice = 'predicted' | 'label' | number;

/**
 * What colors of maps beside one another stand for: shares of each map's own relevance on one scale, values on one scale, or values on a scale
 * of each map's own.
 */
export type ScaleChoice = 'shares' | 'values' | 'own';

/** What is asked of every picture. Kept from one to the next. */
interface ExplainState {
  readonly layout: LayoutName;
  /** Undefined until chosen: as the list shows them. */
  readonly composite: CompositeName | undefined;
  readonly target: TargetChoice | undefined;
  readonly model: number | undefined;
  /** The other one of two models. */
  readonly second: number | undefined;
  /** Off: what the catalog has not is computed only when asked for. */
  readonly autoRun: boolean;
  readonly scale: ScaleChoice;
  /** Stages beside one another show the same part of the picture. */
  readonly linked: boolean;
  readonly difference: boolean;
  /** Asked to zoom until single pixels of the map can be told apart; done by the first stage with a map. */
  readonly pixelsWanted: boolean;
  readonly change: (part: Partial<Omit<ExplainState, 'change'>>) => void;
}

export const useExplain = create<ExplainState>((set) => ({
  ...{ layout: 'read', composite: undefined, target: undefined, model: undefined, second: undefined },
  ...{ autoRun: true, scale: 'shares', linked: true, difference: true, pixelsWanted: false },
  change: (part) => {
    set(part);
  },
}));
