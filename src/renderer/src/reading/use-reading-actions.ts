import { useActions, type Action } from '../actions/use-actions.ts';
import { useChoices } from '../choices.ts';
import { clampZoom, useView } from './view-state.ts';

type View = ReturnType<typeof useView.getState>;

const view = (part: (state: View) => Partial<View>) => (): void => {
  const state = useView.getState();
  state.change(part(state));
};

const looks: readonly Action[] = [
  {
    ...{ id: 'reading.hide', title: 'Hide everything over the picture', scope: 'Reading', keys: ['Backquote'] },
    run: view(({ hidden }) => ({ hidden: !hidden })),
  },
  {
    ...{ id: 'reading.invert', title: 'Invert grey', scope: 'Reading', keys: ['I'] },
    run: view(({ inverted }) => ({ inverted: !inverted })),
  },
  {
    ...{ id: 'reading.zoom-in', title: 'Zoom in', scope: 'Reading', keys: ['+'] },
    run: view(({ zoom }) => ({ zoom: clampZoom(zoom * 1.25) })),
  },
  {
    ...{ id: 'reading.zoom-out', title: 'Zoom out', scope: 'Reading', keys: ['-'] },
    run: view(({ zoom }) => ({ zoom: clampZoom(zoom / 1.25) })),
  },
  {
    ...{ id: 'reading.fit', title: 'Fit the picture into the window', scope: 'Reading', keys: ['='] },
    run: view(() => ({ zoom: 1, pan: [0, 0] })),
  },
  {
    ...{ id: 'explain.heatmap', title: 'Heatmap on or off', scope: 'Explain', keys: ['O'] },
    run: view(({ overlay }) => ({ overlay: !overlay, hidden: false })),
  },
  {
    ...{ id: 'explain.fainter', title: 'Fainter heatmap', scope: 'Explain', keys: ['BracketLeft'] },
    run: view(({ opacity }) => ({ opacity: Math.max(0, opacity - 0.1) })),
  },
  {
    ...{ id: 'explain.stronger', title: 'Stronger heatmap', scope: 'Explain', keys: ['BracketRight'] },
    run: view(({ opacity }) => ({ opacity: Math.min(1, opacity + 0.1) })),
  },
];

/** Keys of the reading view. */
export function useReadingActions(place: number, total: number): void {
  const { read } = useChoices();
  const go = (to: number) => (): void => {
    read(Math.min(total - 1, Math.max(0, to)));
  };
  const moves: readonly Action[] = [
    {
      ...{ id: 'reading.next', title: 'Next picture', scope: 'Reading', keys: ['ArrowDown', 'PageDown'] },
      run: go(place + 1),
    },
    {
      ...{ id: 'reading.previous', title: 'Previous picture', scope: 'Reading', keys: ['ArrowUp', 'PageUp'] },
      run: go(place - 1),
    },
    { ...{ id: 'reading.first', title: 'First picture', scope: 'Reading', keys: ['Home'] }, run: go(0) },
    { ...{ id: 'reading.last', title: 'Last picture', scope: 'Reading', keys: ['End'] }, run: go(total - 1) },
    {
      ...{ id: 'reading.close', title: 'Back to the gallery', scope: 'Reading', keys: ['Escape'] },
      run: () => {
        read(undefined);
      },
    },
  ];
  useActions([...looks, ...moves]);
}
