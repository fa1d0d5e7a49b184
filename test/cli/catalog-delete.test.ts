import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CatalogListing, DeleteReport } from '#core/workbench/index.ts';
import { createStudy, type Study } from '../workbench/small-study.ts';
import { runLightbox, type Finished } from './run-lightbox.ts';

let study: Study;
beforeAll(async () => {
  study = await createStudy();
  await study.write('lungs', { 'nodule/a.png': 1, 'normal/b.png': 2, 'normal/g.png': 'no picture' });
  await study.write('passing', { 'nodule/a.png': 1, 'normal/c.png': 8, 'normal/d.png': 9 });
  for (const dataset of ['lungs', 'passing']) await study.import(dataset);
  // Nobody else has the catalog open.
  await study.workbench.close();
});
afterAll(() => study.remove());

/** Runs `lightbox catalog` on the study's catalog. */
const run = (...args: readonly string[]): Promise<Finished> =>
  runLightbox(['catalog', ...args, '--catalog', study.catalog]);

const namesOf = async (): Promise<readonly string[]> => {
  const { datasets } = JSON.parse((await run('list', '--json')).stdout) as CatalogListing;
  return datasets.map(({ name }) => name);
};

it('catalog delete says what would go, and deletes nothing', async () => {
  const asked = await run('delete', 'passing');
  const sentence = 'Nothing was deleted; to delete "passing" from the catalog, say so with --yes.';
  expect(asked).toMatchObject({ code: 1, stderr: `lightbox: ${sentence} [request/invalid]\n` });
  expect(asked.stdout).toMatch(/^ +to be deleted\nsamples +3\n(?:\w+ +0\n)+jobs +1\n$/);
  const asJson = await run('delete', 'passing', '--json');
  expect(asJson).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(asJson.stdout)).toMatchObject({ dataset: 'passing', deleted: false, samples: 3, jobs: 1 });
  expect(await namesOf()).toEqual(['lungs', 'passing']);
});

it('catalog delete --yes deletes, and leaves pictures and other datasets alone', async () => {
  const before = study.samples('lungs');
  const done = await run('delete', 'passing', '--yes', '--json');
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(`${study.catalog}-wal`)).toBe(false);
  // The picture a.png stands in lungs as well.
  const report = { dataset: 'passing', deleted: true, samples: 3, jobs: 1, removedThumbnails: 2 };
  expect(JSON.parse(done.stdout) as DeleteReport).toMatchObject(report);
  expect(await namesOf()).toEqual(['lungs']);
  expect(study.samples('lungs')).toEqual(before);
  const isShown = before.map(({ contentSha256 = '' }) =>
    study.look((catalog) => catalog.thumbnails.find(contentSha256, 160) !== undefined),
  );
  expect(isShown).toEqual([true, true, false]);
  expect(readdirSync(study.at('passing', 'normal'))).toEqual(['c.png', 'd.png']);
  expect(await run('check')).toMatchObject({ code: 0, stdout: 'The catalog is sound.\n' });
  expect(await run('delete', 'lungs', '--yes')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/"lungs" is deleted; its pictures are where they were\.\n$/) as string,
  });
  expect(await namesOf()).toEqual([]);
});
