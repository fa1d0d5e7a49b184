import { MantineProvider, Portal } from '@mantine/core';
import { useMemo, type JSX, type ReactNode } from 'react';
import { createRoomTheme } from '../ui/theme.ts';
import { useSettings } from './settings.ts';

const place = 'reading-room';

/** Pictures are read on black, whatever the rest of the window looks like: a bright frame takes away what the eye sees in the dark. */
export function ReadingRoom({ children }: { readonly children: ReactNode }): JSX.Element {
  const text = useSettings((settings) => settings.text);
  const theme = useMemo(
    () => ({
      ...createRoomTheme(text),
      components: { Portal: Portal.extend({ defaultProps: { target: `#${place}` } }) },
    }),
    [text],
  );
  return (
    <div id={place} data-room="reading" data-mantine-color-scheme="dark">
      <MantineProvider
        {...{ theme, forceColorScheme: 'dark', cssVariablesSelector: `#${place}` }}
        getRootElement={() => document.getElementById(place) ?? undefined}
      >
        {children}
      </MantineProvider>
    </div>
  );
}
