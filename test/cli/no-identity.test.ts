import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { wordBytes, writeHandMadePicture } from '#core/imaging/dicom/hand-made-dicom.ts';
import { patternWords } from '#core/imaging/hand-made-pictures.ts';
import { tags } from '#core/imaging/dicom/tags.ts';
import { drawNoise } from '../workbench/small-study.ts';
import { runLightbox, startLightbox } from './run-lightbox.ts';
import { createSmallWorld, type SmallWorld } from './small-world.ts';

/** Names that must stay where they are: in folders, files, tags, notes. */
const planted = /Quimby|Zebulon|19310412|MRN-77-4242|St-Elsewhere/i;

let world: SmallWorld;
let folder: string;
let catalog: string;
beforeAll(async () => {
  world = await createSmallWorld(0);
  folder = world.at('Quimby-Zebulon');
  catalog = world.at('study.lightbox');
  await mkdir(path.join(folder, 'nodule'), { recursive: true });
  await mkdir(path.join(folder, 'normal'));
  await writeFile(path.join(folder, 'nodule', 'Quimby-1.png'), await drawNoise(1));
  await writeFile(path.join(folder, 'normal', 'Zebulon-2.png'), await drawNoise(2));
  await writeFile(path.join(folder, 'normal', 'MRN-77-4242.png'), 'no picture');
  await writeFile(path.join(folder, 'normal', 'Quimby-3.dcm'), drawFilm());
});
afterAll(() => world.remove());

const drawFilm = (): Buffer =>
  writeHandMadePicture({
    layout: { columns: 40, rows: 30 },
    pixels: wordBytes(patternWords(1200)),
    more: [
      ['x00080080', 'LO', 'St-Elsewhere'],
      [tags.patientId, 'LO', 'MRN-77-4242'],
      ['x00100010', 'PN', 'Quimby^Zebulon'],
      ['x00100030', 'DA', '19310412'],
    ],
  });

/** What goes to standard error of a command over many pictures: progress, failures of some, warnings. */
test.each([
  ['import', () => ['import', folder, '--as', 'folders', '--name', 'films']],
  ['import again', () => ['import', folder, '--as', 'folders', '--name', 'films']],
  ['evaluate', () => ['evaluate', '--dataset', 'films', '--model', world.modelPath, '--out', world.at('evaluation')]],
  ['attribute', () => ['attribute', '--dataset', 'films', '--model', world.modelPath]],
  ['study export', () => ['study', 'export', '--dataset', 'films', '--pictures', '--out', world.at('x.lightbox-study')]],
  ['marks export', () => ['marks', 'export', '--out', world.at('marks.json')]],
  ['catalog check', () => ['catalog', 'check']],
  ['log show', () => ['log', 'show']],
])('%s says nobody\'s name on standard error', async (_, args) => {
  const { stderr } = await runLightbox([...args(), '--catalog', catalog]);
  expect(stderr).not.toMatch(planted);
}); // prettier-ignore

test('the log of the catalog holds nobody\'s name, whatever notes, tags and datasets are called', async () => {
  await runLightbox(['import', folder, '--as', 'folders', '--catalog', catalog]);
  const opened = openCatalog(catalog);
  const shape = { form: 'rectangle', left: 1, top: 1, width: 2, height: 2 };
  opened.marks.insert({ sampleId: 1, kind: 'hair', shape, author: 'A', note: 'Quimby' });
  opened.reviews.put({ sampleId: 1, author: 'A', verdict: 'clean', note: 'Zebulon' });
  opened.tags.insert('Quimby', [1]);
  opened.deleteDataset(opened.datasets.find('Quimby-Zebulon')?.id ?? 0);
  expect(JSON.stringify(opened.log.list())).not.toMatch(planted);
  expect(opened.log.list().length).toBeGreaterThan(5);
  opened.close();
}); // prettier-ignore

test('a host that runs for hours writes nothing but its address, and no log file', async () => {
  const before = await readdir(world.folder);
  const { child, finished } = startLightbox(['open', '--no-browser', '--catalog', catalog]);
  const [address] = await Promise.race([
    new Promise<string[]>((resolve) => child.stdout?.on('data', (text: string) => { resolve(/http\S+/.exec(text) ?? []); })),
    finished.then(({ stderr }) => [stderr]),
  ]);
  // Without a built window there is none to open; then the command says so and nothing else.
  if (address?.startsWith('http') === true) {
    const { origin, searchParams } = new URL(address);
    const headers = { cookie: `lightbox=${searchParams.get('token') ?? ''}` };
    for (const name of ['picture/1', 'picture/3', 'values/3', 'picture/Quimby', `array/${'0'.repeat(64)}`])
      await (await fetch(`${origin}/data/${name}`, { headers })).arrayBuffer();
    child.kill('SIGTERM');
  }
  const { stdout, stderr } = await finished;
  expect(`${stdout}${stderr}`).not.toMatch(planted);
  expect((await readdir(world.folder)).filter((name) => !before.includes(name) && !name.startsWith('study.lightbox'))).toEqual([]);
}); // prettier-ignore
