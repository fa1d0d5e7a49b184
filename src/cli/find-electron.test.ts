import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findElectron, type ElectronSearch } from './find-electron.ts';

let folder: string;
let search: ElectronSearch;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lightbox-electron-'));
  const installed = path.join(folder, 'node_modules', 'electron');
  program = path.join(folder, 'brought', 'electron');
  for (const made of [installed, path.dirname(program)]) await mkdir(made, { recursive: true });
  await writeFile(path.join(installed, 'package.json'), '{"name":"electron","version":"45.4.1"}');
  await writeFile(program, '');
  await chmod(program, 0o755);
  const environment = { ELECTRON_OVERRIDE_DIST_PATH: path.dirname(program), DISPLAY: ':0' };
  search = { from: path.join(folder, 'index.js'), environment, platform: 'linux', userId: 1000 };
});
afterAll(() => rm(folder, { recursive: true }));

test('a program that was brought is found', () => {
  expect(findElectron(search)).toEqual({ program });
});

test('what is missing is said, and nothing is fetched', () => {
  expect(findElectron({ ...search, environment: { DISPLAY: ':0' } })).toEqual({
    reason: "Electron's program was not downloaded when it was installed",
  });
  expect(findElectron({ ...search, from: path.join(tmpdir(), 'elsewhere.js') })).toEqual({
    reason: 'Electron is not part of this installation',
  });
});

test('where it would not start it is not tried', () => {
  const environment = { ...search.environment, DISPLAY: '' };
  expect(findElectron({ ...search, environment })).toEqual({ reason: 'There is no screen here for Electron' });
  expect(findElectron({ ...search, userId: 0 })).toEqual({ reason: 'Electron does not run as root' });
});
