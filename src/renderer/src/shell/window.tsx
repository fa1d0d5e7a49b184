import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type JSX } from 'react';
import { api } from '../api/client.ts';
import { queries } from '../api/queries.ts';
import { App } from '../app.tsx';
import { useDesktop } from '../desktop/use-desktop.ts';
import { leadPictureWindows } from '../picture-window/mirror.ts';
import { createRoomTheme } from '../ui/theme.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { NoticeList } from './notice-list.tsx';
import { Palette } from './palette.tsx';
import { restoreSession } from './session.ts';
import { useSettings } from './settings.ts';
import { useShell } from './shell-state.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';

/** Theme, session and what lies over everything; the rest is the app. */
export function Window(): JSX.Element {
  const { theme: room, text } = useSettings();
  const theme = useMemo(() => createRoomTheme(text), [text]);
  const over = useShell((shell) => shell.over);
  const isRestored = useRestoredSession();
  useDesktop();
  useEffect(leadPictureWindows, []);
  useEffect(() => {
    document.documentElement.dataset['room'] = room;
    document.documentElement.style.setProperty('--text', String(text));
  }, [room, text]);
  return (
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} forceColorScheme={room === 'light' ? 'light' : 'dark'}>
        <ConnectionBanner />
        {isRestored && <App />}
        {over === 'palette' && <Palette />}
        {over === 'sheet' && <ShortcutSheet />}
        <NoticeList />
      </MantineProvider>
    </QueryClientProvider>
  );
}

function useRestoredSession(): boolean {
  const [isRestored, setRestored] = useState(false);
  useEffect(() => {
    let isGone = false;
    // What is shown first is asked for meanwhile.
    void queries.query(api.overview.queryOptions()).catch(() => undefined);
    void queries.query(api.reader.get.queryOptions({ staleTime: Infinity })).catch(() => undefined);
    void restoreSession().then(() => {
      if (!isGone) setRestored(true);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return isRestored;
}
