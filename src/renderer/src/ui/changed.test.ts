import { expect, test, vi } from 'vitest';
import { create } from 'zustand';
import { changed } from './changed.ts';

test('what is as it was is told to nobody', () => {
  const store = create<{ readonly panel: string | undefined; readonly zoom: number }>(() => ({
    panel: undefined,
    zoom: 1,
  }));
  const told = vi.fn();
  store.subscribe(told);
  store.setState(changed({ panel: undefined, zoom: 1 }));
  expect(told).not.toHaveBeenCalled();
  store.setState(changed({ panel: 'jobs', zoom: 1 }));
  expect(told).toHaveBeenCalledOnce();
  expect(store.getState()).toEqual({ panel: 'jobs', zoom: 1 });
});
