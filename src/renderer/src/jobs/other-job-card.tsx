import { Group, Progress, Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { OtherJob } from '#shared/contract/jobs.ts';
import { words } from '../ui/words.ts';
import { JobButton } from './job-card.tsx';

/** A job of another process: how far it is, and how to stop it; or that it broke off. */
export function OtherJobCard({ job }: { readonly job: OtherJob }): JSX.Element {
  const { title, state, done, total, process } = job;
  const isRunning = state === 'running';
  return (
    <article className="job" aria-label={title} data-state={state}>
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" fw={600}>
            {title}
          </Text>
          <Text size="xs" className="quiet">
            {words.jobs.otherStates[state]}
          </Text>
        </Group>
        {isRunning && <Progress value={total === 0 ? 0 : (100 * done) / total} size="sm" aria-label={title} />}
        <Text size="xs" className="quiet">
          {`${done.toLocaleString('en')} of ${total.toLocaleString('en')} · `}
          {isRunning ? words.jobs.elsewhere(process) : words.jobs.brokeOff(process)}
        </Text>
        <Group gap={6}>
          {isRunning ? (
            <JobButton job={job} change="cancelOther" label={words.jobs.cancel} />
          ) : (
            <JobButton job={job} change="forgetOther" label={words.jobs.forget} />
          )}
        </Group>
      </Stack>
    </article>
  );
}
