import { expect, test } from 'vitest';
import { findOpener, openBrowser } from './open-browser.ts';

test('a browser is asked for where there is a screen, by what each system has', () => {
  expect(findOpener('linux', { DISPLAY: ':0' })?.command).toBe('xdg-open');
  expect(findOpener('linux', { WAYLAND_DISPLAY: 'wayland-0' })?.command).toBe('xdg-open');
  expect(findOpener('linux', {})).toBeUndefined();
  expect(findOpener('darwin', {})?.command).toBe('open');
  expect(findOpener('win32', {})?.command).toBe('rundll32');
  expect(findOpener('aix', {})).toBeUndefined();
});

test('where nothing opens addresses, that is no failure', async () => {
  expect(await openBrowser('http://127.0.0.1:1/', { platform: 'linux', env: {} })).toBe(false);
  expect(await openBrowser('http://127.0.0.1:1/', { platform: 'aix', env: { DISPLAY: ':0' } })).toBe(false);
});
