import { copyFile, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalog, type Catalog } from '#core/catalog/index.ts';
import { createRandomWords } from '#shared/random-words.ts';
import { createStudy, drawNoise, listSamples, writeModel, type Study } from './small-study.ts';
import { startJob, type JobEnd } from './start-job.ts';

const usual = { import: 26, attribute: 14, predict: 12, concepts: 8 } as const;
type Work = keyof typeof usual;

/** Sixty; LIGHTBOX_KILLS=500 for as many as are wanted in all, and LIGHTBOX_KILL_SEED for other moments. */
const wanted = Number(process.env['LIGHTBOX_KILLS'] ?? 60);
const seed = process.env['LIGHTBOX_KILL_SEED'] ?? '';
const kills = Object.entries(usual).map(([work, share]) => [work as Work, Math.ceil((share * wanted) / 60)] as const);

/** For the import enough for several transactions, for models few enough for a try to end. */
const pictures = { import: 300, models: 60 };

let study: Study;
let modelPath: string;
beforeAll(async () => {
  study = await createStudy();
  modelPath = await writeModel(study.at('narrow.onnx'));
  for (const [name, count] of Object.entries(pictures)) {
    const drawn = await Promise.all(Array.from({ length: count }, (_, at) => drawNoise(at)));
    const files = drawn.map((bytes, at) => [`${at % 2 ? 'nodule' : 'normal'}/${at}.png`, bytes] as const);
    await study.write(name, { ...Object.fromEntries(files), 'normal/broken.png': 'no picture' });
  }
  await study.import('models');
  await study.workbench.close();
});
afterAll(() => study.remove());

const folderOf = (work: Work): string => study.at(work === 'import' ? 'import' : 'models');
const nameOf = (work: Work): string => (work === 'import' ? 'import' : 'models');

function startWork(work: Work, catalog: string): ReturnType<typeof startJob> {
  return startJob(work, catalog, folderOf(work), modelPath);
}

const parts = ['', '.thumbnails'];

/** A catalog for the work to begin in: an empty one for an import, else one with everything imported. */
async function prepare(work: Work, catalog: string): Promise<void> {
  for (const end of [...parts, '-wal', '-shm', '.thumbnails-wal', '.thumbnails-shm', '.arrays'])
    await rm(`${catalog}${end}`, { recursive: true, force: true });
  if (work === 'import') return;
  for (const end of parts) await copyFile(`${study.catalog}${end}`, `${catalog}${end}`);
}

/** Starts the work, and kills it so long after it has said so many lines. */
async function workUntilKilled(
  work: Work,
  catalog: string,
  { lines, milliseconds }: { readonly lines: number; readonly milliseconds: number },
): Promise<JobEnd> {
  const { child, said, gone } = startWork(work, catalog);
  await said(lines);
  await wait(milliseconds);
  child.kill('SIGKILL');
  return gone;
}

/** Everything a catalog knows that does not depend on when and in how many tries it came to know it. */
function describeContent(catalog: Catalog, work: Work): readonly unknown[] {
  const setups = catalog.models.list().flatMap(({ id }) => catalog.setups.list(id));
  const layers = setups.flatMap(({ id }) => catalog.concepts.layers.list(id));
  return listSamples(catalog, nameOf(work)).map(
    ({ id, path, contentSha256, width, height, label, unreadable, primaryId }) => {
      const predictions = setups.flatMap((setup) => catalog.predictions.find(setup.id, id) ?? []);
      const attributions = catalog.attributions.list(id);
      return {
        ...{ path, contentSha256, width, height, label, unreadable, primaryId },
        thumbnail: contentSha256 && catalog.thumbnails.find(contentSha256, 160),
        logits: predictions.map(({ logits, predicted }) => [predicted, ...logits]),
        arrays: attributions.map(({ arraySha256, target, sum }) => [arraySha256, target, sum]),
        concepts: layers.map((layer) => catalog.concepts.find(layer.id, id)),
      };
    },
  );
}

/** How many steps of the work the catalog has. */
function countDone(catalog: Catalog, work: Work): number {
  const { id } = catalog.datasets.find(nameOf(work)) ?? { id: 0 };
  if (work === 'import') return catalog.samples.listFiles(id).length;
  const setups = catalog.models.list().flatMap((model) => catalog.setups.list(model.id));
  if (work === 'concepts') {
    const [layer] = setups.flatMap((setup) => catalog.concepts.layers.list(setup.id));
    return layer ? catalog.samples.count({ dataset: id, concept: { layer: layer.id, channel: 0 } }) : 0;
  }
  const filter = work === 'predict' ? 'prediction' : 'attribution';
  return setups.reduce((sum, setup) => sum + catalog.samples.count({ dataset: id, [filter]: { setup: setup.id } }), 0);
}

/** Nothing is lost, nothing is half, and what has died is known to have. */
async function checkAfterKill(catalog: Catalog, work: Work, said: number): Promise<void> {
  const report = await catalog.check();
  expect(report.findings.filter(({ severity }) => severity === 'damage')).toEqual([]);
  expect(countDone(catalog, work)).toBeGreaterThanOrEqual(said);
  expect(catalog.jobs.list('running')).toEqual([]);
  if (!catalog.datasets.find(nameOf(work))) return;
  for (const { contentSha256, unreadable, path, width } of listSamples(catalog, nameOf(work))) {
    expect(contentSha256, path).toMatch(/^[\da-f]{64}$/);
    expect(width === undefined, path).toBe(unreadable !== undefined);
    if (unreadable === undefined) expect(catalog.thumbnails.find(contentSha256 ?? '', 160), path).toBeDefined();
  }
}

async function inspect<Result>(file: string, look: (catalog: Catalog) => Result | Promise<Result>): Promise<Result> {
  const catalog = openCatalog(file);
  try {
    return await look(catalog);
  } finally {
    catalog.close();
  }
}

describe.each(kills)('%s, killed in the middle %i times', (work, count) => {
  it(
    'loses nothing that was done, and ends as if it had never been killed',
    async () => {
      const [calm, harried] = [study.at(`${work}-calm.lightbox`), study.at(`${work}-harried.lightbox`)];
      await prepare(work, calm);
      expect(await startWork(work, calm).gone).toMatchObject({ done: true, stderr: '' });
      const expected = await inspect(calm, (catalog) => describeContent(catalog, work));
      const word = createRandomWords(`kill ${work}${seed}`);
      await prepare(work, harried);
      let [killed, inside] = [0, 0];
      while (killed < count) {
        const before = killed === 0 ? 0 : await inspect(harried, (catalog) => countDone(catalog, work));
        const moment = { lines: 1 + (word() % 4), milliseconds: word() % 200 };
        const end = await workUntilKilled(work, harried, moment);
        expect([end.failure, end.stderr]).toEqual([undefined, '']);
        // An import counts what it finds done, the others do not.
        const said = work === 'import' ? end.steps : before + end.steps;
        await inspect(harried, (catalog) => checkAfterKill(catalog, work, said));
        if (!end.done) killed++;
        if (end.steps > 0 && !end.done) inside++;
        if (!end.done && killed < count) continue;
        if (!end.done) expect(await startWork(work, harried).gone).toMatchObject({ done: true, failure: undefined });
        expect(await inspect(harried, (catalog) => describeContent(catalog, work))).toEqual(expected);
        await prepare(work, harried);
      }
      // However fast the machine is: some moments lie behind the first step.
      expect(inside).toBeGreaterThan(0);
    },
    Math.max(600_000, wanted * 10_000),
  );
});
