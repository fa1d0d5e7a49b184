import { Button, Group } from '@mantine/core';
import type { JSX } from 'react';
import { figureWords } from '../figures/figure-words.ts';
import { isActive, useJobs } from '../jobs/use-jobs.ts';
import { studyWords } from '../study/study-words.ts';
import { words } from '../ui/words.ts';
import { useShell, type PanelName } from './shell-state.ts';

/** What stands beside the pictures when asked for. */
export function ShellButtons(): JSX.Element {
  const { jobs } = useJobs();
  const active = jobs.filter(isActive).length;
  const lay = useShell((shell) => shell.lay);
  return (
    <Group gap={4} className="shell-buttons">
      <PanelButton panel="open" label={words.opening.title} />
      <PanelButton panel="datasets" label={words.datasets.title} />
      <PanelButton panel="queues" label={words.queues.title} />
      <PanelButton panel="models" label={words.models.title} />
      <PanelButton panel="figures" label={figureWords.title} />
      <PanelButton
        panel="jobs"
        label={active === 0 ? words.jobs.title : `${words.jobs.title} · ${words.jobs.running(active)}`}
      />
      <PanelButton panel="study" label={studyWords.title} />
      <PanelButton panel="settings" label={words.settings.title} />
      <PanelButton panel="about" label={words.about.title} />
      <Button
        {...{ size: 'compact-sm', variant: 'subtle', color: 'gray' }}
        onClick={() => {
          lay('sheet');
        }}
      >
        {words.sheet.title} <kbd>?</kbd>
      </Button>
    </Group>
  );
}

function PanelButton({ panel, label }: { readonly panel: PanelName; readonly label: string }): JSX.Element {
  const { panel: open, toggle } = useShell();
  return (
    <Button
      {...{ size: 'compact-sm', variant: open === panel ? 'light' : 'subtle', color: 'gray' }}
      aria-pressed={open === panel}
      onClick={() => {
        toggle(panel);
      }}
    >
      {label}
    </Button>
  );
}
