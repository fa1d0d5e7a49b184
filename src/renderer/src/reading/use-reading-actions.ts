import { useActions, type Action } from '../actions/use-actions.ts';
import { useChoices } from '../choices.ts';
import { mirror, rotate, type Look } from './stage-geometry.ts';
import { clampZoom, fitting, useView } from './view-state.ts';

type View = ReturnType<typeof useView.getState>;

const view = (part: (state: View) => Partial<View>) => (): void => {
  const state = useView.getState();
  state.change(part(state));
};

const look = (part: (look: Look) => Partial<Look>): (() => void) =>
  view(({ look: now }) => ({ look: { ...now, ...part(now) } }));

/** One to one counts as the fit here; the wheel knows better, by the stage it turns on. */
const zoomBy = (factor: number): (() => void) =>
  look(({ zoom }) => ({ zoom: clampZoom((zoom === 'one-to-one' ? 1 : zoom) * factor) }));

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
    run: zoomBy(1.25),
  },
  {
    ...{ id: 'reading.zoom-out', title: 'Zoom out', scope: 'Reading', keys: ['-'] },
    run: zoomBy(1 / 1.25),
  },
  {
    ...{ id: 'reading.fit', title: 'Fit the picture into the window', scope: 'Reading', keys: ['='] },
    run: look(() => ({ zoom: fitting.zoom, center: fitting.center })),
  },
  {
    ...{ id: 'reading.one-to-one', title: 'One picture pixel on one pixel of the screen', scope: 'Reading' },
    keys: ['Shift+Z'],
    run: look(() => ({ zoom: 'one-to-one' })),
  },
  {
    ...{ id: 'reading.rotate-right', title: 'Turn right', scope: 'Reading', keys: ['R'] },
    run: look(({ turn }) => ({ turn: rotate(turn, 1) })),
  },
  {
    ...{ id: 'reading.rotate-left', title: 'Turn left', scope: 'Reading', keys: ['L'] },
    run: look(({ turn }) => ({ turn: rotate(turn, -1) })),
  },
  {
    ...{ id: 'reading.mirror', title: 'Flip left to right', scope: 'Reading', keys: ['H'] },
    run: look(({ turn }) => ({ turn: mirror(turn, 'left-right') })),
  },
  {
    ...{ id: 'reading.flip', title: 'Flip top to bottom', scope: 'Reading', keys: ['V'] },
    run: look(({ turn }) => ({ turn: mirror(turn, 'top-bottom') })),
  },
  {
    ...{ id: 'explain.heatmap', title: 'Heatmap on or off', scope: 'Explain', keys: ['O'] },
    run: view(({ overlay }) => ({ overlay: !overlay, hidden: false })),
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
