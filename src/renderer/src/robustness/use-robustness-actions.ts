import { useActions, type Action } from '../actions/use-actions.ts';
import { useExplain } from '../explain/explain-state.ts';
import { chooseLayout } from '../explain/use-explain-actions.ts';
import type { Column } from './columns.ts';
import { useStress, type CellPlace } from './stress-state.ts';

/** The strip belongs to the layout Explain, and brings it. */
export function toggleStrip(): void {
  const { strip, change } = useStress.getState();
  const isSeen = strip && useExplain.getState().layout === 'explain';
  if (!isSeen) chooseLayout('explain');
  change({ strip: !isSeen });
}

export function toggleShifts(): void {
  const { averageShifts, change } = useStress.getState();
  change({ averageShifts: !averageShifts });
}

const steady: readonly Action[] = [
  { id: 'stress.strip', title: 'Strip of variants below the picture', scope: 'Explain', keys: ['A'], run: toggleStrip },
  {
    ...{
      id: 'stress.shifts',
      title: 'Maps: mean over one-pixel shifts, against the checker pattern',
      scope: 'Explain',
    },
    ...{ keys: [], run: toggleShifts },
  },
];

/** While a picture is explained. */
export function useRobustnessActions(): void {
  useActions(steady);
}

interface MatrixPlace {
  readonly open: CellPlace | undefined;
  readonly variants: readonly string[];
  readonly columns: readonly Column[];
}

/** From cell to cell while one is large, and back. */
export function useCellActions({ open, variants, columns }: MatrixPlace): void {
  const show = (next: CellPlace | undefined) => (): void => {
    useStress.getState().change({ open: next });
  };
  const step = (by: number): (() => void) => {
    if (!open) return () => undefined;
    const at = Math.max(0, variants.indexOf(open.variant)) + by + variants.length;
    return show({ ...open, variant: variants[at % variants.length] ?? open.variant });
  };
  const aside = (): void => {
    if (!open) return;
    const at = columns.findIndex(({ model }) => model.id === open.model) + 1;
    show({ ...open, model: columns[at % columns.length]?.model.id ?? open.model })();
  };
  const action = (id: string, title: string, [key, run]: readonly [string, () => void]): Action => ({
    ...{ id: `stress.${id}`, title, scope: 'Explain', keys: [key], run },
  });
  const whileOpen = [
    action('back', 'Back to the stress matrix', ['Escape', show(undefined)]),
    action('next', 'Next variant', ['>', step(1)]),
    action('previous', 'Previous variant', ['<', step(-1)]),
    action('model', 'The same variant by another model', ['X', aside]),
  ];
  const [first] = columns;
  const opening = first && variants[1] !== undefined ? [action('open', 'Open a variant large', ['Enter', show({ model: first.model.id, variant: variants[1] })])] : []; // prettier-ignore
  useActions(open ? whileOpen : opening);
}
