import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, type JSX } from 'react';
import { api } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { ReadingView } from '../reading/reading-view.tsx';
import { ConnectionBanner } from '../shell/connection-banner.tsx';
import { queries } from '../api/queries.ts';
import { ReadingRoom } from '../shell/reading-room.tsx';
import { createRoomTheme } from '../ui/theme.ts';
import { words } from '../ui/words.ts';
import { followWindow } from './mirror.ts';

/** The picture alone, for a screen made for pictures: the same questions to the same workbench, nothing around them. */
export function PictureWindow(): JSX.Element {
  const theme = useMemo(() => createRoomTheme(1), []);
  useEffect(followWindow, []);
  return (
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} forceColorScheme="dark">
        <ConnectionBanner />
        <Picture />
      </MantineProvider>
    </QueryClientProvider>
  );
}

function Picture(): JSX.Element {
  const { list, open } = useChoices();
  const overview = useQuery(api.overview.queryOptions());
  if (!list || open === undefined || !overview.data) return <p className="first-foot">{words.picture.waiting}</p>;
  return (
    <ReadingRoom>
      <ReadingView overview={overview.data} list={list} place={open} />
    </ReadingRoom>
  );
}
