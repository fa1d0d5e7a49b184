import { useState, type JSX, type KeyboardEvent } from 'react';
import { listActions, type Action } from '../actions/use-actions.ts';
import { showKey } from '../actions/key.ts';
import { words } from '../ui/words.ts';
import { Overlay } from './overlay.tsx';
import { useShell } from './shell-state.ts';

/** Everything that can be done now, by its name. */
export function Palette(): JSX.Element {
  const lay = useShell((shell) => shell.lay);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [actions] = useState(listOnce);
  const found = rank(
    actions.filter((action) => fits(action, text)),
    text,
  );
  const run = (action: Action | undefined): void => {
    if (!action) return;
    lay(undefined);
    // After the palette has given the keyboard back.
    requestAnimationFrame(action.run);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (step === undefined) run(found[chosen]);
    else setChosen((chosen + step + found.length) % Math.max(1, found.length));
  };
  return (
    <Overlay title={words.palette.title}>
      <input
        className="overlay-search"
        role="combobox"
        aria-expanded
        aria-controls="palette-commands"
        aria-activedescendant={`command-${chosen}`}
        aria-label={words.palette.search}
        placeholder={words.palette.search}
        data-autofocus
        value={text}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
      />
      <CommandList found={found} chosen={chosen} onRun={run} />
      {found.length === 0 && <p className="quiet">{words.palette.none}</p>}
    </Overlay>
  );
}

function showChosen(row: HTMLLIElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}

interface CommandListProps {
  readonly found: readonly Action[];
  readonly chosen: number;
  readonly onRun: (action: Action) => void;
}

function CommandList({ found, chosen, onRun }: CommandListProps): JSX.Element {
  return (
    <ul id="palette-commands" role="listbox" aria-label={words.palette.title} className="commands">
      {found.map((action, place) => (
        <li
          key={action.id}
          id={`command-${place}`}
          role="option"
          aria-selected={place === chosen}
          ref={place === chosen ? showChosen : undefined}
          onClick={() => {
            onRun(action);
          }}
        >
          <span>{action.title}</span>
          <span className="quiet">{action.scope}</span>
          <span className="keys">
            {action.keys.map((key) => (
              <kbd key={key}>{showKey(key)}</kbd>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Each once: the one that has its key. */
const listOnce = (): readonly Action[] => [...new Map(listActions().map((action) => [action.id, action])).values()];

/** Every word somewhere in the title or scope. */
function fits({ title, scope }: Action, text: string): boolean {
  const name = `${title} ${scope}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.includes(word));
}

/** Those whose title has the text as it stands come first. */
function rank(actions: readonly Action[], text: string): readonly Action[] {
  const has = ({ title }: Action): boolean => title.toLowerCase().includes(text.trim().toLowerCase());
  return [...actions.filter(has), ...actions.filter((action) => !has(action))];
}
