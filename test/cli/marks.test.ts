import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import type { MarksFile, MarksImportReport } from '#shared/marks/marks-file.ts';
import { createStudy, type Study } from '../workbench/small-study.ts';
import { runLightbox, type Finished } from './run-lightbox.ts';

const shape = { form: 'ellipse', left: 1, top: 2, width: 10.5, height: 4 } as const;
const files = { 'Train/normal/Doe-Jane.png': 1, 'Train/normal/Doe-John.png': 2, 'Test/normal/Roe-Ann.png': 3 };

let here: Study;
let there: Study;
beforeAll(async () => {
  here = await createStudy();
  there = await createStudy();
  await here.write('lungs', files);
  // The same pictures under other names, but for one.
  await there.write('chests', { 'Train/normal/1.png': 1, 'Train/normal/2.png': 2, 'Train/normal/x.png': 9 });
  await here.import('lungs');
  await there.import('chests');
  const catalog = openCatalog(here.catalog);
  const [roe, jane, john] = catalog.samples.listFiles(1).map(({ id }) => id) as [number, number, number];
  catalog.marks.insert({ sampleId: jane, kind: 'marker', shape, author: 'A', note: 'near the clavicle' });
  catalog.marks.insert({ sampleId: jane, kind: 'spline', shape: { spline: [1] }, author: 'A' });
  catalog.marks.insert({ sampleId: roe, kind: 'ink', shape, author: 'B' });
  catalog.reviews.put({ sampleId: john, author: 'B', verdict: 'clean', note: '' });
  catalog.close();
});
afterAll(async () => {
  await here.remove();
  await there.remove();
});

const run = (study: Study, ...args: readonly string[]): Promise<Finished> =>
  runLightbox(['marks', ...args, '--catalog', study.catalog]);

async function take(): Promise<MarksImportReport> {
  const { code, stdout, stderr } = await run(there, 'import', here.at('marks.json'), '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as MarksImportReport;
}

test('an export names no file and no patient unless paths are asked for', async () => {
  expect(await run(here, 'export', '--out', here.at('marks.json'))).toEqual({
    ...{ code: 0, stderr: '' },
    stdout: `Saved ${here.at('marks.json')}\npictures: 3, marks: 2, reviews: 1\n`,
  });
  const text = await readFile(here.at('marks.json'), 'utf8');
  expect(text).not.toMatch(/Doe|Roe|lungs|\.png/);
  await run(here, 'export', '--dataset', 'lungs', '--paths', '--out', here.at('named.json'));
  const named = JSON.parse(await readFile(here.at('named.json'), 'utf8')) as MarksFile;
  expect(named.samples.map(({ path }) => path).sort()).toEqual(Object.keys(files).sort());
});

test('an import finds the pictures by their content, adds what is new and nothing twice', async () => {
  expect(await take()).toEqual({ marks: 1, reviews: 1, known: 0, missing: 1 });
  expect(await take()).toEqual({ marks: 0, reviews: 0, known: 2, missing: 1 });
  there.look((catalog) => {
    const [first, second] = catalog.samples.listFiles(1).map(({ id }) => id) as [number, number];
    const mark = { kind: 'marker', shape, author: 'A', note: 'near the clavicle' };
    expect(catalog.marks.list(first)).toMatchObject([mark]);
    expect(catalog.reviews.list(second)).toMatchObject([{ author: 'B', verdict: 'clean', note: '' }]);
  });
});

test('of two reviews by one author the newer stays', async () => {
  const second = there.samples('chests')[1]?.id ?? 0;
  const catalog = openCatalog(there.catalog);
  catalog.reviews.put({ sampleId: second, author: 'B', verdict: 'suspicious', note: 'seen again' });
  catalog.close();
  expect(await take()).toMatchObject({ reviews: 0, known: 2 });
  const document = JSON.parse(await readFile(here.at('marks.json'), 'utf8')) as MarksFile;
  const later = document.samples.map((sample) => ({
    ...sample,
    reviews: sample.reviews.map((review) => ({ ...review, verdict: 'unsure', updatedMs: Date.now() + 60_000 })),
  }));
  await writeFile(here.at('marks.json'), JSON.stringify({ ...document, samples: later }));
  expect(await take()).toMatchObject({ reviews: 1, known: 1 });
  expect(there.look(({ reviews }) => reviews.find(second, 'B'))).toMatchObject({ verdict: 'unsure', note: '' });
});

test.each([
  ['no JSON', '{"format"', 'is no JSON'],
  ['another format', '{"format":"x"}', 'is no file of marks (at format'],
  [
    'a shape nobody can draw',
    JSON.stringify({
      ...{ format: 'relevance-lightbox/marks', version: 1 },
      samples: [
        {
          contentSha256: 'a'.repeat(64),
          marks: [{ kind: 'ink', shape: { form: 'rectangle', left: 0 }, author: 'A', note: '' }],
          reviews: [],
        },
      ],
    }),
    'is no file of marks (at samples.0.marks.0.shape',
  ],
])('%s is refused in a sentence, and changes nothing', async (_, text, sentence) => {
  await writeFile(there.at('bad.json'), text);
  const { code, stderr } = await run(there, 'import', there.at('bad.json'));
  expect(code).toBe(1);
  expect(stderr).toContain(sentence);
  expect(stderr).toContain('[request/invalid]');
});

test('a file that is not there is named', async () => {
  const { code, stderr } = await run(there, 'import', there.at('nowhere.json'));
  expect(code).toBe(1);
  expect(stderr).toMatch(/nowhere\.json" cannot be read/);
});
