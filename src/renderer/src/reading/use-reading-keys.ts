import { useEffect } from 'react';
import { useChoices } from '../choices.ts';
import { clampZoom, useView } from './view-state.ts';

interface Keys {
  readonly place: number;
  readonly total: number;
}

type Action = (keys: Keys) => void;

const step =
  (by: number): Action =>
  ({ place, total }) => {
    useChoices.getState().read(Math.min(total - 1, Math.max(0, place + by)));
  };

const view =
  (part: (state: ReturnType<typeof useView.getState>) => Partial<ReturnType<typeof useView.getState>>): Action =>
  () => {
    const state = useView.getState();
    state.change(part(state));
  };

/** By physical key where the letter moves from keyboard to keyboard. */
const byCode: Readonly<Record<string, Action>> = {
  Backquote: view(({ hidden }) => ({ hidden: !hidden })),
  BracketLeft: view(({ opacity }) => ({ opacity: Math.max(0, opacity - 0.1) })),
  BracketRight: view(({ opacity }) => ({ opacity: Math.min(1, opacity + 0.1) })),
};

const byKey: Readonly<Record<string, Action>> = {
  ArrowDown: step(1),
  PageDown: step(1),
  ArrowUp: step(-1),
  PageUp: step(-1),
  Home: step(-Infinity),
  End: step(Infinity),
  Escape: () => {
    useChoices.getState().read(undefined);
  },
  o: view(({ overlay }) => ({ overlay: !overlay, hidden: false })),
  i: view(({ inverted }) => ({ inverted: !inverted })),
  '+': view(({ zoom }) => ({ zoom: clampZoom(zoom * 1.25) })),
  '-': view(({ zoom }) => ({ zoom: clampZoom(zoom / 1.25) })),
  '=': view(() => ({ zoom: 1, pan: [0, 0] })),
};

/** Keys of the reading view; none while somebody writes. */
export function useReadingKeys(keys: Keys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const writes = event.target instanceof HTMLInputElement;
      if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
      const action = byCode[event.code] ?? byKey[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!action) return;
      event.preventDefault();
      action(keys);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [keys]);
}
