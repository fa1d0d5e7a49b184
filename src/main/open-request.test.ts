import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { examinePath, readArguments } from './open-request.ts';

test.each([
  [[], { catalog: undefined, paths: [] }],
  [['films'], { catalog: undefined, paths: ['/data/films'] }],
  [
    ['--catalog', 'a.lightbox', '/films', 'b.lightbox'],
    { catalog: '/data/a.lightbox', paths: ['/films', '/data/b.lightbox'] },
  ],
  [['--enable-logging', '--proxy-server=x', ''], { catalog: undefined, paths: [] }],
  [['--catalog'], { catalog: undefined, paths: [] }],
])('%j is read', (args, expected) => {
  expect(readArguments(args, '/data')).toEqual(expected);
});

test('a path is taken for what lies there', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lightbox-open-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const at = (name: string): string => path.join(folder, name);
  await mkdir(at('films.lightbox'));
  await writeFile(at('catalog.lightbox'), 'SQLite format 3\0 and pages');
  await writeFile(at('study.LIGHTBOX'), 'PK\u0003\u0004');
  await writeFile(at('empty.lightbox'), '');
  await writeFile(at('film.png'), '');
  const kinds: readonly string[] = await Promise.all(
    ['films.lightbox', 'catalog.lightbox', 'study.LIGHTBOX', 'empty.lightbox', 'film.png', 'nowhere'].map(
      async (name) => (await examinePath(at(name))).kind,
    ),
  );
  expect(kinds).toEqual(['folder', 'catalog', 'study', 'study', 'refusal', 'refusal']);
});
