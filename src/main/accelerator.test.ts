import { expect, test } from 'vitest';
import { toAccelerator } from './accelerator.ts';

test.each([
  ['Ctrl+K', 'CmdOrCtrl+K'],
  ['o', 'O'],
  ['Shift+Z', 'Shift+Z'],
  ['ArrowDown', 'Down'],
  ['Shift+BracketLeft', 'Shift+['],
  ['Digit3', '3'],
  ['Ctrl++', 'CmdOrCtrl+Plus'],
  ['+', 'Plus'],
  ['Ctrl+Comma', 'CmdOrCtrl+,'],
  ['F11', 'F11'],
  ['?', '?'],
  [' ', 'Space'],
  ['MediaPlayPause', undefined],
  ['', undefined],
])('%s in a menu is %s', (key, accelerator) => {
  expect(toAccelerator(key)).toBe(accelerator);
});
