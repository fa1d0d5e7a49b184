import { CloseButton } from '@mantine/core';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import { useActions } from '../actions/use-actions.ts';
import { FiguresPanel } from '../figures/figures-panel.tsx';
import { figureWords } from '../figures/figure-words.ts';
import { DatasetsPanel } from '../datasets/datasets-panel.tsx';
import { JobList } from '../jobs/job-list.tsx';
import { ModelsPanel } from '../models/models-panel.tsx';
import { QueuesPanel } from '../queues/queues-panel.tsx';
import { OpenFolder } from '../opening/open-folder.tsx';
import { StudyPanel } from '../study/study-panel.tsx';
import { studyWords } from '../study/study-words.ts';
import { words } from '../ui/words.ts';
import { AboutPanel } from './about-panel.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { useShell, type PanelName } from './shell-state.ts';
import './side-panel.css';

const panels: Readonly<
  Record<PanelName, { readonly title: string; readonly Content: (props: { overview: Overview }) => JSX.Element }>
> = {
  open: { title: words.opening.title, Content: OpenFolder },
  datasets: { title: words.datasets.title, Content: DatasetsPanel },
  queues: { title: words.queues.title, Content: QueuesPanel },
  jobs: { title: words.jobs.title, Content: JobList },
  models: { title: words.models.title, Content: ModelsPanel },
  figures: { title: figureWords.title, Content: FiguresPanel },
  study: { title: studyWords.title, Content: StudyPanel },
  settings: { title: words.settings.title, Content: SettingsPanel },
  about: { title: words.about.title, Content: AboutPanel },
};

/** Beside the pictures, never over them unless one is being read. */
export function SidePanel({ overview }: { readonly overview: Overview }): JSX.Element | null {
  const name = useShell((shell) => shell.panel);
  if (!name) return null;
  return <OpenPanel key={name} overview={overview} name={name} />;
}

function OpenPanel({ overview, name }: { readonly overview: Overview; readonly name: PanelName }): JSX.Element {
  const show = useShell((shell) => shell.show);
  const away = (): void => {
    show(undefined);
  };
  useActions([{ id: 'shell.close-panel', title: words.close, scope: 'Everywhere', keys: ['Escape'], run: away }]);
  const { title, Content } = panels[name];
  return (
    <aside className="side-panel" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <CloseButton aria-label={words.close} onClick={away} />
      </header>
      <div className="side-panel-content">
        <Content overview={overview} />
      </div>
    </aside>
  );
}
