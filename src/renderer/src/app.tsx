import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { useActionKeys } from './actions/use-actions.ts';
import { api } from './api/client.ts';
import { AuditRoom } from './audit/audit-room.tsx';
import { useAuditActions } from './audit/use-audit-actions.ts';
import { useChoices } from './choices.ts';
import { DatasetAuditRoom } from './dataset-audit/dataset-audit-room.tsx';
import { FacetPanel } from './gallery/facet-panel.tsx';
import { Gallery } from './gallery/gallery.tsx';
import { useGalleryLook } from './gallery/gallery-look.ts';
import { ListBar } from './gallery/list-bar.tsx';
import { SelectionBar } from './gallery/selection-bar.tsx';
import { GroupsRoom } from './groups/groups-room.tsx';
import { isActive, useJobChanges, useJobs } from './jobs/use-jobs.ts';
import { useReadersList } from './marks/use-readers-list.ts';
import { latestOf } from './latest-results.ts';
import { FirstStart } from './opening/first-start.tsx';
import { useOpening } from './opening/opening-state.ts';
import { ReadingView } from './reading/reading-view.tsx';
import { useRooms } from './rooms.ts';
import { ReadingRoom } from './shell/reading-room.tsx';
import { SidePanel } from './shell/side-panel.tsx';
import { useShell } from './shell/shell-state.ts';
import { useShellActions } from './shell/use-shell-actions.ts';
import { words } from './ui/words.ts';

const retryMs = 3000;

export function App(): JSX.Element {
  useActionKeys();
  useShellActions();
  useAuditActions();
  useJobChanges();
  const overview = useQuery(
    api.overview.queryOptions({ refetchInterval: ({ state }) => (state.status === 'error' ? retryMs : false) }),
  );
  const list = useReadersList(useShownList(overview.data));
  const { jobs } = useJobs();
  if (overview.isError && !overview.data) {
    return <Fault text={overview.error.message} onRetry={() => void overview.refetch()} />;
  }
  if (!overview.data) return <Waiting />;
  const isFilling = jobs.some((job) => job.kind === 'demo' && isActive(job)) && list === undefined;
  if (overview.data.datasets.length === 0 || isFilling) return <FirstStart />;
  return list ? <Room overview={overview.data} list={list} /> : <Waiting />;
}

function Room({ overview, list }: { readonly overview: Overview; readonly list: SampleList }): JSX.Element {
  const open = useChoices((choices) => choices.open);
  const filters = useGalleryLook((look) => look.filters);
  const room = useRooms((rooms) => rooms.room);
  const { panel, show } = useShell();
  useEffect(() => {
    // What is beside the gallery would lie over a picture.
    if (open !== undefined) show(undefined);
  }, [open, show]);
  return (
    <>
      <div className="room" inert={open !== undefined} data-panel={panel !== undefined}>
        <ListBar overview={overview} list={list} />
        <div className="room-body">
          {room === 'groups' && <GroupsRoom list={list} />}
          {room === 'audit' && <AuditRoom overview={overview} list={list} />}
          {room === 'dataset' && <DatasetAuditRoom list={list} />}
          {room === 'gallery' && filters && <FacetPanel overview={overview} list={list} />}
          {room === 'gallery' && <Gallery overview={overview} list={list} />}
        </div>
        {room === 'gallery' && <SelectionBar overview={overview} list={list} />}
        <footer className="status">
          <span className="badge">{words.offline}</span>
          <span>{words.notADevice}</span>
        </footer>
      </div>
      {open !== undefined && (
        <ReadingRoom>
          <ReadingView overview={overview} list={list} place={open} />
        </ReadingRoom>
      )}
      <SidePanel overview={overview} />
    </>
  );
}

/** The list that was chosen, as far as there still is what it names; else the first dataset with the latest results. */
function useShownList(overview: Overview | undefined): SampleList | undefined {
  const { list, choose } = useChoices();
  const { awaited, await: awaitDataset } = useOpening();
  const { jobs } = useJobs();
  const isFilling = jobs.some((job) => job.kind === 'demo' && isActive(job));
  const arrived = overview?.datasets.find(({ name }) => name === awaited);
  const isGone = list !== undefined && overview?.datasets.every(({ id }) => id !== list.dataset);
  useEffect(() => {
    if (!overview) return;
    const first = arrived ?? overview.datasets[0];
    if (arrived) awaitDataset(undefined);
    if (!first || (isFilling && !list)) return;
    if (arrived || !list || isGone) choose(latestOf(overview, first.id));
  }, [overview, list, arrived, isGone, isFilling, choose, awaitDataset]);
  useLatestResults(overview);
  return isGone ? undefined : list;
}

/** The first predictions and heatmaps there are show by themselves. */
function useLatestResults(overview: Overview | undefined): void {
  const { list, open, choose } = useChoices();
  useEffect(() => {
    if (!overview || !list || open !== undefined) return;
    const known = new Set(overview.setups.map(({ id }) => id));
    const isThere = (setup: number | undefined): boolean => setup === undefined || known.has(setup);
    if (isThere(list.prediction) && isThere(list.attribution)) return;
    choose(latestOf(overview, list.dataset));
  }, [overview, list, open, choose]);
}

function Waiting(): JSX.Element {
  return (
    <Center h="100vh">
      <Loader size="sm" aria-label={words.loading} />
    </Center>
  );
}

function Fault({ text, onRetry }: { readonly text: string; readonly onRetry: () => void }): JSX.Element {
  return (
    <Center h="100vh" component="main">
      <Stack gap="xs" align="center" maw={560} role="alert">
        <Title order={1} size="h3">
          {words.catalog.fault}
        </Title>
        <Text ta="center">{text}</Text>
        <Text ta="center" size="sm" className="quiet">
          {words.catalog.advice}
        </Text>
        <Button variant="default" onClick={onRetry}>
          {words.retry}
        </Button>
      </Stack>
    </Center>
  );
}
