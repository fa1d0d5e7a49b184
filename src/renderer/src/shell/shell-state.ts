import { create } from 'zustand';
import { changed } from '../ui/changed.ts';

export type PanelName = 'open' | 'datasets' | 'queues' | 'jobs' | 'models' | 'figures' | 'study' | 'settings' | 'about';

/** What stands beside and over the gallery. Nothing of it keeps anybody from going on. */
interface ShellState {
  readonly panel: PanelName | undefined;
  readonly over: 'palette' | 'sheet' | undefined;
  readonly show: (panel: PanelName | undefined) => void;
  /** Shows it, or puts it away where it is shown. */
  readonly toggle: (panel: PanelName) => void;
  readonly lay: (over: ShellState['over']) => void;
}

export const useShell = create<ShellState>((set) => ({
  ...{ panel: undefined, over: undefined },
  show: (panel) => {
    set(changed<ShellState>({ panel }));
  },
  toggle: (panel) => {
    set((state) => ({ panel: state.panel === panel ? undefined : panel }));
  },
  lay: (over) => {
    set({ over });
  },
}));
