import { Button, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { startJob } from '../jobs/use-jobs.ts';
import { useShell } from '../shell/shell-state.ts';
import { figureWords } from './figure-words.ts';

interface ReportButtonProps {
  readonly dataset: number;
  readonly models: readonly number[];
}

/** Begins a report as a job, and shows how far it is. */
export function ReportButton({ dataset, models }: ReportButtonProps): JSX.Element {
  const [folder, setFolder] = useState('');
  const queries = useQueryClient();
  const show = useShell((shell) => shell.show);
  const start = async (): Promise<void> => {
    const where = folder.trim() === '' ? {} : { folder: folder.trim() };
    const id = await startJob(queries, { kind: 'report', dataset, models: [...models], ...where });
    if (id !== undefined) show('jobs');
  };
  return (
    <section aria-label={figureWords.report}>
      <h3>{figureWords.report}</h3>
      <Stack gap={6}>
        <p className="quiet">{figureWords.reportText}</p>
        <TextInput
          {...{ size: 'xs', label: figureWords.folder, value: folder }}
          onChange={(event) => {
            setFolder(event.currentTarget.value);
          }}
        />
        <Button {...{ size: 'xs', variant: 'default', disabled: models.length === 0 }} onClick={() => void start()}>
          {figureWords.writeReport}
        </Button>
      </Stack>
    </section>
  );
}
