import { Button, Group, Loader, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { DatasetContentsView } from '#shared/contract/datasets.ts';
import { api } from '../api/client.ts';
import { startJob } from '../jobs/use-jobs.ts';
import { useShell } from '../shell/shell-state.ts';
import { words } from '../ui/words.ts';

interface RemoveDatasetProps {
  readonly dataset: number;
  readonly onKeep: () => void;
}

/** Says what would go, before it goes. */
export function RemoveDataset({ dataset, onKeep }: RemoveDatasetProps): JSX.Element {
  const { data, error } = useQuery(api.datasets.contents.queryOptions({ input: { dataset }, gcTime: 0 }));
  const queries = useQueryClient();
  if (error) return <p className="fault">{error.message}</p>;
  if (!data) return <Loader size="xs" aria-label={words.datasets.counting} />;
  const remove = async (): Promise<void> => {
    if ((await startJob(queries, { kind: 'remove', dataset })) === undefined) return;
    onKeep();
    useShell.getState().show('jobs');
  };
  return (
    <div className="removal" role="group" aria-label={words.datasets.confirm(data.name)}>
      <Text size="sm">{words.datasets.goes}</Text>
      <ContentList contents={data} />
      <Text size="xs">{words.datasets.stays(data.folder)}</Text>
      <Text size="xs" fw={600}>
        {words.datasets.noUndo}
      </Text>
      <Group gap={6}>
        <Button {...{ size: 'compact-sm', variant: 'default' }} onClick={onKeep} autoFocus>
          {words.datasets.keep}
        </Button>
        <Button className="danger" size="compact-sm" onClick={() => void remove()}>
          {words.datasets.confirm(data.name)}
        </Button>
      </Group>
    </div>
  );
}

function ContentList({ contents }: { readonly contents: DatasetContentsView }): JSX.Element {
  const parts = Object.entries(words.datasets.parts) as [keyof typeof words.datasets.parts, string][];
  return (
    <ul>
      {parts
        .filter(([part]) => contents[part] > 0)
        .map(([part, name]) => (
          <li key={part}>
            <b>{contents[part].toLocaleString('en')}</b> {name}
          </li>
        ))}
    </ul>
  );
}
