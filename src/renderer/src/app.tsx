import { Center, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type JSX } from 'react';
import { useActionKeys } from './actions/use-actions.ts';
import { api } from './api/client.ts';
import { useChoices } from './choices.ts';
import { Gallery } from './gallery/gallery.tsx';
import { ListBar } from './gallery/list-bar.tsx';
import { ReadingView } from './reading/reading-view.tsx';

export function App(): JSX.Element {
  useActionKeys();
  const overview = useQuery(api.overview.queryOptions());
  const { list, open, choose } = useChoices();
  const first = overview.data?.datasets[0];
  useEffect(() => {
    if (!list && first) {
      const latest = (kind: string): number | undefined =>
        overview.data?.setups.findLast((setup) => setup.kind === kind)?.id;
      choose({ dataset: first.id, prediction: latest('prediction'), attribution: latest('attribution') });
    }
  }, [list, first, overview.data, choose]);
  if (overview.isError) return <Notice title="The catalog cannot be shown" text={overview.error.message} />;
  if (!overview.data) return <Waiting />;
  if (!first) {
    return (
      <Notice title="Nothing here yet" text="Bring a folder of pictures into the catalog: lightbox import FOLDER" />
    );
  }
  if (!list) return <Waiting />;
  return (
    <>
      <div className="room" inert={open !== undefined}>
        <ListBar overview={overview.data} list={list} />
        <Gallery overview={overview.data} list={list} />
      </div>
      {open !== undefined && <ReadingView overview={overview.data} list={list} place={open} />}
    </>
  );
}

function Waiting(): JSX.Element {
  return (
    <Center h="100vh">
      <Loader size="sm" aria-label="loading" />
    </Center>
  );
}

function Notice({ title, text }: { readonly title: string; readonly text: string }): JSX.Element {
  return (
    <Center h="100vh">
      <Stack gap="xs" align="center">
        <Title order={1} size="h3">
          {title}
        </Title>
        <Text c="dark.2">{text}</Text>
      </Stack>
    </Center>
  );
}
