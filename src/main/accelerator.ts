/** Names of keys in the page's table of shortcuts, as Electron writes them in a menu. */
const names: Readonly<Record<string, string>> = {
  ...{ ArrowUp: 'Up', ArrowDown: 'Down', ArrowLeft: 'Left', ArrowRight: 'Right', Escape: 'Esc', Backquote: '`' },
  ...{ BracketLeft: '[', BracketRight: ']', Comma: ',', Period: '.', Slash: '/', Backslash: '\\', Semicolon: ';' },
  ...{ Quote: "'", ' ': 'Space', '+': 'Plus', Delete: 'Delete', PageUp: 'PageUp', PageDown: 'PageDown' },
};

const plainKey = /^([A-Za-z0-9]|F\d{1,2}|Digit\d|Home|End|Enter|Tab|Backspace|[-=?`[\]/\\;',.<>])$/;

/** `Ctrl+K` as `CmdOrCtrl+K`; undefined for a key that a menu cannot name. */
export function toAccelerator(key: string): string | undefined {
  const parts = key.endsWith('+') ? [...key.slice(0, -1).split('+').filter(Boolean), '+'] : key.split('+');
  const last = parts.at(-1) ?? '';
  const name = names[last] ?? (plainKey.test(last) ? last.replace(/^Digit/, '') : undefined);
  if (name === undefined) return undefined;
  const modifiers = parts.slice(0, -1).map((part) => (part === 'Ctrl' ? 'CmdOrCtrl' : part));
  return [...modifiers, name.length === 1 ? name.toUpperCase() : name].join('+');
}
