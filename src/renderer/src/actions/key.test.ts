import { expect, it } from 'vitest';
import { matchesKey, showKey } from './key.ts';

const press = (key: string, more: Partial<KeyboardEvent> = {}): Parameters<typeof matchesKey>[0] => ({
  ...{ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...more,
});

it('letters are told by what they type, with modifiers exactly', () => {
  expect(matchesKey(press('o'), 'O')).toBe(true);
  expect(matchesKey(press('O', { shiftKey: true }), 'O')).toBe(false);
  expect(matchesKey(press('Z', { shiftKey: true }), 'Shift+Z')).toBe(true);
  expect(matchesKey(press('k', { ctrlKey: true }), 'Ctrl+K')).toBe(true);
  expect(matchesKey(press('k', { metaKey: true }), 'Ctrl+K')).toBe(true);
  expect(matchesKey(press('k', { ctrlKey: true, altKey: true }), 'Ctrl+K')).toBe(false);
});

it('signs that need Shift on some keyboards are the signs they type', () => {
  expect(matchesKey(press('+', { shiftKey: true }), '+')).toBe(true);
  expect(matchesKey(press('+'), '+')).toBe(true);
  expect(matchesKey(press('?', { shiftKey: true }), '?')).toBe(true);
  expect(matchesKey(press('+', { ctrlKey: true }), 'Ctrl++')).toBe(true);
});

it('keys that move from layout to layout are told by their place', () => {
  expect(matchesKey(press('Dead', { code: 'Backquote' }), 'Backquote')).toBe(true);
  expect(matchesKey(press('{', { code: 'BracketLeft', shiftKey: true }), 'BracketLeft')).toBe(false);
  expect(matchesKey(press('ü', { code: 'BracketLeft', shiftKey: true }), 'Shift+BracketLeft')).toBe(true);
});

it.each([
  ['Ctrl+K', 'Ctrl K'],
  ['ArrowDown', '↓'],
  ['Shift+BracketLeft', 'Shift ['],
  ['Digit3', '3'],
  ['+', '+'],
])('%s is shown as %s', (name, shown) => {
  expect(showKey(name)).toBe(shown);
});
