import { Button, Group, Menu } from '@mantine/core';
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
      <PanelButton panel="figures" label={figureWords.title} />
      <PanelButton
        panel="jobs"
        label={active === 0 ? words.jobs.title : `${words.jobs.title} · ${words.jobs.running(active)}`}
      />
      <PanelButton panel="settings" label={words.settings.title} />
      <MorePanels />
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

/** What is needed less often. */
function MorePanels(): JSX.Element {
  const toggle = useShell((shell) => shell.toggle);
  const panels: readonly (readonly [PanelName, string])[] = [
    ['datasets', words.datasets.title],
    ['queues', words.queues.title],
    ['models', words.models.title],
    ['study', studyWords.title],
    ['about', words.about.title],
  ];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button {...{ size: 'compact-sm', variant: 'subtle', color: 'gray' }}>{words.more}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {panels.map(([panel, label]) => (
          <Menu.Item
            key={panel}
            onClick={() => {
              toggle(panel);
            }}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
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
