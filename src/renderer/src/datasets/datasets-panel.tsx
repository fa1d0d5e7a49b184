import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import { client } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { startJob } from '../jobs/use-jobs.ts';
import { latestOf } from '../latest-results.ts';
import { tellFault } from '../shell/notices.ts';
import { useShell } from '../shell/shell-state.ts';
import { words } from '../ui/words.ts';
import './datasets.css';
import { RemoveDataset } from './remove-dataset.tsx';

/** What the catalog has, and what can be done with each of it. */
export function DatasetsPanel({ overview }: { readonly overview: Overview }): JSX.Element {
  return (
    <Stack gap="sm">
      <Text size="sm" className="quiet">
        {words.datasets.lead}
      </Text>
      {overview.datasets.map((dataset) => (
        <DatasetCard key={dataset.id} {...{ overview, dataset }} />
      ))}
    </Stack>
  );
}

interface DatasetCardProps {
  readonly overview: Overview;
  readonly dataset: Overview['datasets'][number];
}

function DatasetCard({ overview, dataset }: DatasetCardProps): JSX.Element {
  const { id, name, groups } = dataset;
  const isShown = useChoices(({ list }) => list?.dataset === id);
  const [isLeaving, setLeaving] = useState(false);
  const pictures = groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <article className="dataset" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600} className="dataset-name">
          {name}
        </Text>
        <Text size="xs" className="quiet">
          {words.list.pictures(pictures)}
          {isShown && ` · ${words.datasets.shown}`}
        </Text>
      </Group>
      <Group gap={6} mt={6}>
        {!isShown && (
          <CardButton
            label={words.datasets.show}
            onClick={() => {
              useChoices.getState().choose(latestOf(overview, id));
            }}
          />
        )}
        <UpdateButton dataset={dataset} />
        <CardButton
          label={`${words.datasets.remove}…`}
          aria-expanded={isLeaving}
          onClick={() => {
            setLeaving(!isLeaving);
          }}
        />
      </Group>
      {isLeaving && (
        <RemoveDataset
          dataset={id}
          onKeep={() => {
            setLeaving(false);
          }}
        />
      )}
    </article>
  );
}

/** Reads what has changed in its folder. */
function UpdateButton({ dataset: { id, name } }: Pick<DatasetCardProps, 'dataset'>): JSX.Element {
  const queries = useQueryClient();
  const update = async (): Promise<void> => {
    try {
      const { folder } = await client.datasets.contents({ dataset: id });
      await startJob(queries, { kind: 'import', folder, name });
      useShell.getState().show('jobs');
    } catch (cause) {
      tellFault(cause);
    }
  };
  return <CardButton label={words.datasets.update} onClick={() => void update()} />;
}

interface CardButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly 'aria-expanded'?: boolean;
}

function CardButton({ label, ...rest }: CardButtonProps): JSX.Element {
  return (
    <Button {...{ size: 'compact-xs', variant: 'default' }} {...rest}>
      {label}
    </Button>
  );
}
