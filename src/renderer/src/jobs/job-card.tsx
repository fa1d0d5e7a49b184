import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { JobView } from '#shared/contract/jobs.ts';
import { words } from '../ui/words.ts';
import { showDuration } from './show-duration.ts';
import { changeJob, isActive, type JobChange } from './use-jobs.ts';
import './jobs.css';

/** One job: what it does, how far it is, how to stop it. */
export function JobCard({ job }: { readonly job: JobView }): JSX.Element {
  const { title, state, done, total, label } = job;
  return (
    <article className="job" aria-label={title} data-state={state}>
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" fw={600}>
            {title}
          </Text>
          <Text size="xs" className="quiet">
            {words.jobs.states[state]}
          </Text>
        </Group>
        {isActive(job) && (
          <>
            <Progress
              {...{ value: total === 0 ? 0 : (100 * done) / total, size: 'sm', transitionDuration: 300 }}
              aria-label={title}
            />
            <Text size="xs" className="quiet">
              {describeStep(label, job)}
            </Text>
          </>
        )}
        {job.outcome !== undefined && (
          <Text
            size="xs"
            className={state === 'failed' ? 'fault' : 'quiet'}
            role={state === 'failed' ? 'alert' : undefined}
          >
            {job.outcome}
          </Text>
        )}
        <JobButtons job={job} />
      </Stack>
    </article>
  );
}

function describeStep(label: string, { state, done, total, secondsLeft }: JobView): string {
  if (label === '' && state === 'running') return words.jobs.beginning;
  const counts = total === 0 ? '' : `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  const left = secondsLeft === undefined ? '' : words.jobs.left(showDuration(secondsLeft));
  return [label, counts, left].filter((part) => part !== '').join(' · ');
}

function JobButtons({ job }: { readonly job: JobView }): JSX.Element {
  const { state } = job;
  return (
    <Group gap={6}>
      {state === 'running' && <JobButton job={job} change="pause" label={words.jobs.pause} />}
      {state === 'paused' && <JobButton job={job} change="resume" label={words.jobs.resume} />}
      {isActive(job) ? (
        <JobButton job={job} change="cancel" label={words.jobs.cancel} />
      ) : (
        <JobButton job={job} change="dismiss" label={words.dismiss} />
      )}
    </Group>
  );
}

interface JobButtonProps {
  readonly job: Pick<JobView, 'id' | 'title'>;
  readonly change: JobChange;
  readonly label: string;
}

export function JobButton({ job, change, label }: JobButtonProps): JSX.Element {
  const queries = useQueryClient();
  return (
    <Button
      {...{ size: 'compact-xs', variant: 'default' }}
      aria-label={`${label}: ${job.title}`}
      onClick={() => void changeJob(queries, change, job.id)}
    >
      {label}
    </Button>
  );
}
