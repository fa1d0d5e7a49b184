import { useState, type JSX } from 'react';
import { showKey } from '../actions/key.ts';
import { listActions, type Action } from '../actions/use-actions.ts';
import { words } from '../ui/words.ts';
import { Overlay } from './overlay.tsx';

/** All keys that mean something now, by where they are at home. */
export function ShortcutSheet(): JSX.Element {
  const [text, setText] = useState('');
  const [actions] = useState(() => [...new Map(listActions().map((action) => [action.id, action])).values()]);
  const found = actions.filter(
    ({ title, keys }) => keys.length > 0 && title.toLowerCase().includes(text.toLowerCase()),
  );
  return (
    <Overlay title={words.sheet.title}>
      <input
        className="overlay-search"
        aria-label={words.sheet.search}
        placeholder={words.sheet.search}
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <div className="sheet" tabIndex={0} role="group" aria-label={words.sheet.title}>
        {Array.from(
          Map.groupBy(found, ({ scope }) => scope),
          ([scope, own]) => (
            <section key={scope}>
              <h3>{scope}</h3>
              <dl>
                {own.map((action) => (
                  <Keys key={action.id} action={action} />
                ))}
              </dl>
            </section>
          ),
        )}
      </div>
    </Overlay>
  );
}

function Keys({ action }: { readonly action: Action }): JSX.Element {
  return (
    <div className="sheet-row">
      <dt>{action.title}</dt>
      <dd>
        {action.keys.map((key) => (
          <kbd key={key}>{showKey(key)}</kbd>
        ))}
      </dd>
    </div>
  );
}
