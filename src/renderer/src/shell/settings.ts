import { create } from 'zustand';
import { keepInSession } from './session.ts';

export type RoomTheme = 'reading' | 'dark' | 'light';

interface Settings {
  readonly theme: RoomTheme;
  /** 1 is small. */
  readonly text: number;
  readonly set: (part: Partial<Pick<Settings, 'theme' | 'text'>>) => void;
}

export const useSettings = create<Settings>((set) => ({
  ...{ theme: 'reading', text: 1 },
  set: (part) => {
    set(part);
  },
}));

keepInSession('settings', useSettings, ({ theme, text }) => ({ theme, text }));
