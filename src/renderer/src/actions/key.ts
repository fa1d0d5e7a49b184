/**
 * A key as it is written in a table of shortcuts: `O`, `Shift+Z`, `Ctrl+K`, `ArrowDown`, `BracketLeft`. Letters and signs are those the
 * keyboard types; keys that move or need a modifier from layout to layout are named by their place (`KeyboardEvent.code`).
 */
export type KeyName = string;

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const places = /^(Backquote|Bracket(Left|Right)|Digit\d|Comma|Period|Slash|Backslash|Semicolon|Quote|F\d+)$/;

export function matchesKey(event: Pressed, name: KeyName): boolean {
  const { key, modifiers } = splitKey(name);
  if ((event.ctrlKey || event.metaKey) !== modifiers.has('Ctrl') || event.altKey !== modifiers.has('Alt')) return false;
  const shifted = event.shiftKey === modifiers.has('Shift');
  if (places.test(key)) return shifted && event.code === key;
  if (key.length > 1) return shifted && event.key === key;
  // A sign like + or ? may take Shift to type; a letter with Shift is another shortcut.
  const isLetter = key.toLowerCase() !== key.toUpperCase();
  return (shifted || !isLetter) && event.key.toLowerCase() === key.toLowerCase();
}

/** `Ctrl++` is Ctrl and the plus key. */
function splitKey(name: KeyName): { readonly key: string; readonly modifiers: ReadonlySet<string> } {
  const parts = name.endsWith('+') ? [...name.slice(0, -1).split('+').filter(Boolean), '+'] : name.split('+');
  return { key: parts.at(-1) ?? '', modifiers: new Set(parts.slice(0, -1)) };
}

const glyphs: Readonly<Record<string, string>> = {
  ...{ ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', Backquote: '`', Delete: 'Del' },
  ...{ BracketLeft: '[', BracketRight: ']', Comma: ',', Period: '.', PageUp: 'PgUp', PageDown: 'PgDn', Slash: '/' },
  ...{ ' ': 'Space' },
};

/** As people read it. */
export function showKey(name: KeyName): string {
  const { key, modifiers } = splitKey(name);
  const shown = glyphs[key] ?? key.replace(/^Digit/, '');
  return [...modifiers, shown.length === 1 ? shown.toUpperCase() : shown].join(' ');
}
