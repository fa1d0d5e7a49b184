/** Imports that take long enough for threads to be begun. */
import { link, mkdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createStudy, drawNoise, listSamples, type Study } from './small-study.ts';
import { startJob } from './start-job.ts';

const count = 160;
const side = 1000;

let study: Study;
beforeAll(async () => {
  study = await createStudy();
  await study.write('films', { 'normal/0.png': await drawNoise(1, [side, side]), 'nodule/broken.png': 'no picture' });
  await mkdir(study.at('films', 'nodule'), { recursive: true });
  for (let at = 1; at < count - 1; at++)
    await link(study.at('films/normal/0.png'), study.at('films', at % 2 ? 'nodule' : 'normal', `${at}.png`));
});
afterAll(() => study.remove());

/** Everything that does not depend on when and in how many tries it was read. */
function describeContent(file: string): readonly unknown[] {
  const catalog = openCatalog(file, { readonly: true });
  const content = listSamples(catalog, 'films').map(({ path, contentSha256, width, height, label, unreadable }) => [
    ...[path, contentSha256, width, height, label, unreadable],
    contentSha256 && catalog.thumbnails.find(contentSha256, 160),
  ]);
  catalog.close();
  return content;
}

it('killed at any moment, an import ends the next time as if it had not been', async () => {
  const [calm, harried] = [study.at('calm.lightbox'), study.at('harried.lightbox')];
  expect(await startJob('import', calm, study.at('films')).gone).toMatchObject({ done: true, stderr: '' });
  const expected = describeContent(calm);
  expect(expected).toHaveLength(count);
  for (const lines of [2, 3, 4]) {
    const { child, said, gone } = startJob('import', harried, study.at('films'));
    await said(lines);
    await wait(lines * 100);
    child.kill('SIGKILL');
    const { steps, failure, stderr } = await gone;
    expect([failure, stderr]).toEqual([undefined, '']);
    const catalog = openCatalog(harried);
    expect((await catalog.check()).findings.filter(({ severity }) => severity === 'damage')).toEqual([]);
    expect(listSamples(catalog, 'films').length).toBeGreaterThanOrEqual(steps);
    catalog.close();
  }
  expect(await startJob('import', harried, study.at('films')).gone).toMatchObject({ done: true, stderr: '' });
  expect(describeContent(harried)).toEqual(expected);
});

it('an import that is cancelled while threads work keeps what was read, and goes on the next time', async () => {
  const controller = new AbortController();
  let said = 0;
  const work = study.workbench.importDataset(
    { folder: study.at('films') },
    {
      signal: controller.signal,
      onProgress: ({ done }) => {
        said = done;
        if (done >= 48)
          setTimeout(() => {
            controller.abort();
          }, 50);
      },
    },
  );
  await expect(work).rejects.toMatchObject({ code: 'job/cancelled' });
  expect(study.samples('films').length).toBeGreaterThanOrEqual(said);
  const { samples } = await study.import('films');
  expect([samples.changed, samples.added + samples.unchanged]).toEqual([0, count]);
});
