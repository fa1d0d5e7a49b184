import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useChoices } from '../choices.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import { JobCard } from '../jobs/job-card.tsx';
import { startJob, useJobs } from '../jobs/use-jobs.ts';
import type { ConceptsView } from './use-concepts.ts';

interface ReadLayerProps {
  readonly explaining: Explaining;
  readonly view: ConceptsView;
}

/** References are found once the dataset was read: begins that, and shows how far it is. */
export function ReadLayer({ explaining, view }: ReadLayerProps): JSX.Element {
  const queries = useQueryClient();
  const dataset = useChoices(({ list }) => list?.dataset);
  const job = useJobs().jobs.find(({ kind, state }) => kind === 'references' && state !== 'done');
  const { layer } = view;
  const read = (layers: readonly string[] | undefined): void => {
    if (dataset === undefined) return;
    const model = explaining.subject.model.id;
    void startJob(queries, { kind: 'references', dataset, model, ...(layers && { layers: [...layers] }) });
  };
  if (job) return <JobCard job={job} />;
  return (
    <div className="read-layer">
      <p>
        What does this concept stand for? That is told by the pictures of the dataset it carries most, which are known
        once every picture was read. All layers take about as long as one, but more room on the disk.
      </p>
      <Button
        size="compact-xs"
        onClick={() => {
          read(layer && [layer.name]);
        }}
      >
        Read {layer?.name ?? 'this layer'}
      </Button>
      <Button
        {...{ size: 'compact-xs', variant: 'default' }}
        onClick={() => {
          read(view.layers.map(({ name }) => name));
        }}
      >
        Read all layers shown
      </Button>
    </div>
  );
}
