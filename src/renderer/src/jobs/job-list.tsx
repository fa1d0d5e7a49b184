import { Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import { words } from '../ui/words.ts';
import { JobCard } from './job-card.tsx';
import { OtherJobCard } from './other-job-card.tsx';
import { useJobs } from './use-jobs.ts';

export function JobList(): JSX.Element {
  const { jobs, others } = useJobs();
  if (jobs.length + others.length === 0) {
    return (
      <Stack gap={4}>
        <Text size="sm">{words.jobs.none}</Text>
        <Text size="sm" className="quiet">
          {words.jobs.noneAdvice}
        </Text>
      </Stack>
    );
  }
  return (
    <Stack gap="sm">
      {jobs.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
      {others.map((job) => (
        <OtherJobCard key={`other ${job.id}`} job={job} />
      ))}
    </Stack>
  );
}
