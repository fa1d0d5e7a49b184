import { compositeNames, type CompositeName } from '#shared/composite-names.ts';
import { useActions, type Action } from '../actions/use-actions.ts';
import { useView } from '../reading/view-state.ts';
import { useExplain, type LayoutName, type ScaleChoice, type TargetChoice } from './explain-state.ts';
import { nextTarget } from './resolve-question.ts';
import type { Explaining } from './use-explaining.ts';

export const layouts: readonly { readonly name: LayoutName; readonly title: string; readonly key: string }[] = [
  { name: 'read', title: 'Read', key: 'F2' },
  { name: 'explain', title: 'Explain', key: 'F3' },
  { name: 'seven', title: 'Seven-up', key: 'F4' },
  { name: 'concepts', title: 'Concepts', key: 'F6' },
  { name: 'models', title: 'Two models', key: 'F7' },
  { name: 'stress', title: 'Stress', key: 'F8' },
];

/** A layout with maps asks for them; *Read* is the picture alone. */
export function chooseLayout(layout: LayoutName): void {
  useExplain.getState().change({ layout });
  useView.getState().change({ overlay: layout !== 'read', hidden: false });
}

/** For measuring, see `heatmap-shown`. */
const markAsked = (): void => void performance.mark('heatmap-asked');

export function chooseComposite(composite: CompositeName): void {
  markAsked();
  useExplain.getState().change({ composite });
}

export function chooseTarget(target: TargetChoice): void {
  markAsked();
  useExplain.getState().change({ target });
}

export const lookAtSinglePixels = (): void => {
  useExplain.getState().change({ pixelsWanted: true });
};

const toggle = (part: 'linked' | 'difference' | 'autoRun') => (): void => {
  const state = useExplain.getState();
  state.change({ [part]: !state[part] });
};

export const scales: readonly { readonly value: ScaleChoice; readonly label: string }[] = [
  { value: 'shares', label: 'one scale, shares of each map' },
  { value: 'values', label: 'one scale, values' },
  { value: 'own', label: 'each map its own scale' },
];

const nextScale = (): void => {
  const { scale, change } = useExplain.getState();
  const at = scales.findIndex(({ value }) => value === scale);
  change({ scale: scales[(at + 1) % scales.length]?.value ?? 'shares' });
};

const steady: readonly Action[] = [
  ...layouts.map(({ name, title, key }): Action => ({
    ...{ id: `explain.layout-${name}`, title: `Layout: ${title}`, scope: 'Explain', keys: [key] },
    run: () => {
      chooseLayout(name);
    },
  })),
  {
    id: 'explain.link',
    title: 'Link pictures beside one another',
    scope: 'Explain',
    keys: ['S'],
    run: toggle('linked'),
  },
  {
    id: 'explain.scale',
    title: 'Colors: shares, values, each map its own',
    scope: 'Explain',
    keys: [],
    run: nextScale,
  },
  { id: 'explain.auto', title: 'Compute without asking', scope: 'Explain', keys: [], run: toggle('autoRun') },
  { id: 'explain.pixels', title: 'Look at single pixels', scope: 'Explain', keys: [], run: lookAtSinglePixels },
];

const whileTwoModels: readonly Action[] = [
  {
    id: 'explain.difference',
    title: 'Difference of two models',
    scope: 'Explain',
    keys: ['D'],
    run: toggle('difference'),
  },
];

/** Composites, classes, layouts by key. */
export function useExplainActions(explaining: Explaining | undefined): void {
  const layout = useExplain((state) => state.layout);
  const ofPicture = explaining ? listPictureActions(explaining) : [];
  const ofModels = explaining && layout === 'models' ? [...whileTwoModels, swap(explaining)] : [];
  useActions([...steady, ...ofPicture, ...ofModels]);
}

function listPictureActions({ composite, choice, place }: Explaining): readonly Action[] {
  const step = (by: number) => (): void => {
    const at = compositeNames.indexOf(composite) + by + compositeNames.length;
    chooseComposite(compositeNames[at % compositeNames.length] ?? composite);
  };
  return [
    { id: 'explain.previous', title: 'Previous composite', scope: 'Explain', keys: ['Comma'], run: step(-1) },
    { id: 'explain.next', title: 'Next composite', scope: 'Explain', keys: ['Period'], run: step(1) },
    {
      ...{ id: 'explain.target', title: 'Explain another class', scope: 'Explain', keys: ['T'] },
      run: () => {
        chooseTarget(nextTarget(choice, place));
      },
    },
  ];
}

function swap({ subject, second }: Explaining): Action {
  return {
    ...{ id: 'explain.swap', title: 'Swap the two models', scope: 'Explain', keys: ['X'] },
    run: () => {
      // The same class, which the other model may not predict.
      if (second)
        useExplain.getState().change({ model: second.model.id, second: subject.model.id, target: second.target });
    },
  };
}
