import { useActions, type Action } from '../actions/use-actions.ts';
import { figureWords } from '../figures/figure-words.ts';
import { togglePictureWindow } from '../picture-window/open-picture-window.ts';
import { studyWords } from '../study/study-words.ts';
import { words } from '../ui/words.ts';
import { useSettings } from './settings.ts';
import { useShell, type PanelName } from './shell-state.ts';

const toggle = (panel: PanelName) => (): void => {
  useShell.getState().toggle(panel);
};

const lay = (over: 'palette' | 'sheet') => (): void => {
  useShell.getState().lay(over);
};

const theme = (name: keyof typeof words.settings.themes): Action => ({
  ...{ id: `shell.theme-${name}`, title: `Theme: ${words.settings.themes[name]}`, scope: 'Everywhere', keys: [] },
  run: () => {
    useSettings.getState().set({ theme: name });
  },
});

const text = (size: keyof typeof words.settings.texts): Action => ({
  ...{ id: `shell.text-${size}`, title: `Text: ${words.settings.texts[size]}`, scope: 'Everywhere', keys: [] },
  run: () => {
    useSettings.getState().set({ text: Number(size) });
  },
});

const actions: readonly Action[] = [
  { id: 'shell.palette', title: words.palette.title, scope: 'Everywhere', keys: ['Ctrl+K'], run: lay('palette') },
  { id: 'shell.keys', title: words.sheet.title, scope: 'Everywhere', keys: ['?', 'F1'], run: lay('sheet') },
  { id: 'shell.open', title: words.opening.title, scope: 'Everywhere', keys: ['Ctrl+O'], run: toggle('open') },
  {
    id: 'shell.datasets',
    title: words.datasets.title,
    scope: 'Everywhere',
    keys: ['Ctrl+Shift+O'],
    run: toggle('datasets'),
  },
  { id: 'shell.queues', title: words.queues.title, scope: 'Everywhere', keys: ['Ctrl+Shift+Q'], run: toggle('queues') },
  { id: 'shell.jobs', title: words.jobs.title, scope: 'Everywhere', keys: ['Ctrl+J'], run: toggle('jobs') },
  { id: 'shell.models', title: words.models.title, scope: 'Everywhere', keys: ['Ctrl+M'], run: toggle('models') },
  { id: 'shell.figures', title: figureWords.title, scope: 'Everywhere', keys: ['Ctrl+I'], run: toggle('figures') },
  { id: 'shell.study', title: studyWords.title, scope: 'Everywhere', keys: [], run: toggle('study') },
  {
    id: 'shell.settings',
    title: words.settings.title,
    scope: 'Everywhere',
    keys: ['Ctrl+Comma'],
    run: toggle('settings'),
  },
  {
    ...{ id: 'shell.picture', title: words.picture.title, scope: 'Reading', keys: ['Ctrl+Shift+P'] },
    run: togglePictureWindow,
  },
  { id: 'shell.about', title: words.about.title, scope: 'Everywhere', keys: [], run: toggle('about') },
  ...(['reading', 'dark', 'light'] as const).map(theme),
  ...(['1', '1.15', '1.35'] as const).map(text),
];

/** What can be done wherever one is. */
export function useShellActions(): void {
  useActions(actions);
}
