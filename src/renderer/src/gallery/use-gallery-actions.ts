import { useActions, type Action } from '../actions/use-actions.ts';
import { sizes, useGalleryLook } from './gallery-look.ts';
import { moveInGrid } from './move-in-grid.ts';
import { useSelection } from './selection.ts';

export interface GridPlace {
  readonly columns: number;
  /** Rows on the screen. */
  readonly rows: number;
  readonly total: number;
  readonly focus: (place: number) => void;
  readonly open: (place: number) => void;
  readonly toggle: (place: number) => void;
  /** Selects from the last one selected up to a place. */
  readonly reach: (place: number) => void;
  readonly selectAll: () => void;
}

const moves = [
  ['ArrowRight', 'Next picture'],
  ['ArrowLeft', 'Previous picture'],
  ['ArrowDown', 'Picture below'],
  ['ArrowUp', 'Picture above'],
  ['PageDown', 'A screen down'],
  ['PageUp', 'A screen up'],
  ['Home', 'First picture'],
  ['End', 'Last picture'],
] as const;

const scope = 'Gallery';
const look = (id: string, title: string, keys: readonly string[]): Omit<Action, 'run'> => ({
  ...{ id: `gallery.${id}`, title, scope, keys },
});

function resize(by: number): () => void {
  return () => {
    const { size, change } = useGalleryLook.getState();
    change({ size: Math.min(sizes.largest, Math.max(sizes.smallest, size + by)) });
  };
}

const looks: readonly Action[] = [
  { ...look('larger', 'Larger thumbnails', ['+']), run: resize(32) },
  { ...look('smaller', 'Smaller thumbnails', ['-']), run: resize(-32) },
  {
    ...look('captions', 'Names under the pictures on or off', ['L']),
    run: () => {
      const { captions, change } = useGalleryLook.getState();
      change({ captions: !captions });
    },
  },
  {
    ...look('maps', 'Heatmaps over the thumbnails on or off', ['O']),
    run: () => {
      const { maps, change } = useGalleryLook.getState();
      change({ maps: !maps });
    },
  },
  {
    ...look('filters', 'Filters on the left on or off', ['F']),
    run: () => {
      const { filters, change } = useGalleryLook.getState();
      change({ filters: !filters });
    },
  },
  {
    ...look('search', 'Search names', ['Ctrl+F', '/']),
    run: () => {
      document.querySelector<HTMLElement>('[data-search]')?.focus();
    },
  },
  {
    ...look('clear-selection', 'Clear selection', []),
    run: () => {
      useSelection.getState().clear();
    },
  },
];

/** Keys of the gallery, as long as no picture is open. */
export function useGalleryActions(grid: GridPlace): void {
  const primary = (): number => Math.min(useSelection.getState().primary, Math.max(0, grid.total - 1));
  const to = (key: string): number | undefined => moveInGrid(key, { ...grid, place: primary() });
  const step = (key: string, then: (place: number) => void) => (): void => {
    const next = to(key);
    if (next !== undefined) then(next);
  };
  useActions([
    ...looks,
    ...moves.map(([key, title]) => ({ ...look(key, title, [key]), run: step(key, grid.focus) })),
    ...moves
      .filter(([key]) => key.startsWith('Arrow'))
      .map(([key, title]) => ({
        ...look(`select-${key}`, `Select up to: ${title.toLowerCase()}`, [`Shift+${key}`]),
        run: step(key, grid.reach),
      })),
    {
      ...look('open', 'Read the picture', ['Enter']),
      run: () => {
        grid.open(primary());
      },
    },
    {
      ...look('toggle', 'Select the picture, or not any more', [' ']),
      run: () => {
        grid.toggle(primary());
      },
    },
    { ...look('select-all', 'Select everything in the list', ['Ctrl+A']), run: grid.selectAll },
  ]);
}
