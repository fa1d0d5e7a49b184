import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { QueueView } from '#shared/contract/queues.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { api, client } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { latestOf } from '../latest-results.ts';
import { useReadersList } from '../marks/use-readers-list.ts';
import { tell, tellFault } from '../shell/notices.ts';
import { words } from '../ui/words.ts';
import { DrawQueue } from './draw-queue.tsx';
import { openQueue } from './open-queue.ts';
import './queues.css';

/** Samples drawn to be read in a fixed order: those there are, and one more to draw. */
export function QueuesPanel({ overview }: { readonly overview: Overview }): JSX.Element {
  const chosen = useChoices(({ list }) => list);
  const list = useReadersList(chosen ?? latestOf(overview, overview.datasets[0]?.id ?? 0));
  return list ? <Queues list={list} /> : <></>;
}

function Queues({ list }: { readonly list: SampleList }): JSX.Element {
  const { dataset, reader = '', firstReading = false } = list;
  const queues = useQuery(api.queues.list.queryOptions({ input: { dataset, reader, firstReading } }));
  const known = queues.data ?? [];
  return (
    <Stack gap="sm">
      {known.length === 0 && (
        <Text size="sm" className="quiet">
          {words.queues.none}
        </Text>
      )}
      {known.map((queue) => (
        <QueueCard key={queue.id} {...{ queue, list }} />
      ))}
      {queues.error && <p className="fault">{queues.error.message}</p>}
      <DrawQueue list={list} names={known.map(({ name }) => name)} />
    </Stack>
  );
}

interface QueueCardProps {
  readonly queue: QueueView;
  readonly list: SampleList;
}

function QueueCard({ queue, list }: QueueCardProps): JSX.Element {
  const { id, name, count, done, seed, balanced } = queue;
  const queries = useQueryClient();
  const remove = async (): Promise<void> => {
    try {
      await client.queues.delete({ id });
      if (list.queue === id) useChoices.getState().choose({ ...list, queue: undefined });
      await queries.invalidateQueries({ queryKey: api.queues.key() });
      tell(words.queues.removed(name));
    } catch (cause) {
      tellFault(cause);
    }
  };
  const drawn = seed === undefined ? [] : [words.queues.seeded(seed), ...(balanced ? [words.queues.isBalanced] : [])];
  return (
    <article className="queue" aria-label={name} data-current={list.queue === id}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" className="quiet" data-testid="queue-progress">
          {words.queues.read(done, count)}
        </Text>
      </Group>
      <Progress value={count === 0 ? 0 : (100 * done) / count} size="sm" aria-label={words.queues.read(done, count)} />
      <Text size="xs" className="quiet">
        {drawn.join(' · ')}
      </Text>
      <Group gap={6}>
        <Button size="compact-xs" onClick={() => void openQueue(list, id)}>
          {done === 0 ? words.queues.begin : words.queues.goOn}
        </Button>
        <Button
          {...{ size: 'compact-xs', variant: 'default' }}
          onClick={() => {
            useChoices.getState().choose({ ...list, queue: list.queue === id ? undefined : id });
          }}
        >
          {list.queue === id ? words.queues.leave : words.queues.show}
        </Button>
        <Button {...{ size: 'compact-xs', variant: 'default' }} onClick={() => void remove()}>
          {words.queues.remove}
        </Button>
      </Group>
    </article>
  );
}
