import { useActions, type Action } from '../actions/use-actions.ts';
import { useChoices } from '../choices.ts';
import type { Film } from './film/load-picture.ts';
import { useWindow } from './film/window-state.ts';
import { readingActions } from './reading-actions.ts';

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];

function listWindowActions(film: Film | undefined): readonly Action[] {
  if (!film) return [];
  const choose = (id: string) => (): void => {
    useWindow.getState().choose(id);
  };
  const presets = film.presets.listed.slice(0, digits.length).map(({ id, title }, index): Action => ({
    ...{ id: `reading.window-${id}`, title: `Window: ${title}`, scope: 'Reading' },
    ...{ keys: [`Alt+Digit${index + 1}`], run: choose(id) },
  }));
  const automatic = { id: 'reading.window-automatic', title: 'Window: automatic', keys: ['Alt+Digit0'] };
  return [{ ...automatic, scope: 'Reading', run: choose('automatic') }, ...presets];
}

interface ReadingPlace {
  readonly place: number;
  readonly total: number;
  readonly film: Film | undefined;
}

/** Keys of the reading view. */
export function useReadingActions({ place, total, film }: ReadingPlace): void {
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
  useActions([...readingActions, ...listWindowActions(film), ...moves]);
}
