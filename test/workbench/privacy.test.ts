import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wordBytes, writeHandMadePicture } from '#core/imaging/dicom/hand-made-dicom.ts';
import { tags } from '#core/imaging/dicom/tags.ts';
import { createNormalValues } from '#core/networks/index.ts';
import type { Workbench } from '#core/workbench/index.ts';
import { searchFolder } from './search-bytes.ts';
import { createStudy, drawMask, size, writeModel, type Study } from './small-study.ts';

// Names stand in DICOM tags, in names of files and of folders; no export may hold any of them.

const inTags = [
  'Quixote',
  'PID-77231-QX',
  '19470226',
  'Panza',
  'Barataria Clinic',
  'ACC-5519',
  '1.2.826.0.1.3680043.99.7',
];
const inFiles = ['Rocinante', 'Dulcinea'];
const inFolders = ['Toboso', 'Montiel'];
const words = [...inTags, ...inFiles, ...inFolders];

/** As COVID-QU-Ex spells them, so that pictures and masks are found in its folders. */
const labels = ['COVID-19', 'Non-COVID', 'Normal'];

let study: Study;
let modelPath: string;
const films = 'Toboso-Teresa/Montiel';

const film = (seed: number): Buffer => {
  const noise = createNormalValues(`film ${seed}`, size * size, { mean: 2000, deviation: 500 });
  return writeHandMadePicture({
    layout: { columns: size, rows: size, bitsStored: 12 },
    more: [
      ['x00080016', 'UI', '1.2.840.10008.5.1.4.1.1.1.1'],
      ['x00080018', 'UI', `1.2.826.0.1.3680043.99.7.${seed}`],
      ['x0020000d', 'UI', '1.2.826.0.1.3680043.99.7.1000'],
      ['x0020000e', 'UI', '1.2.826.0.1.3680043.99.7.1001'],
      ['x00080050', 'SH', 'ACC-5519'],
      ['x00080080', 'LO', 'Barataria Clinic'],
      ['x00080090', 'PN', 'Panza^Sancho'],
      ['x00100010', 'PN', 'Quixote^Alonso'],
      [tags.patientId, 'LO', `PID-77231-QX-${seed}`],
      ['x00100030', 'DA', '19470226'],
    ],
    pixels: wordBytes(Uint16Array.from(noise, (value) => Math.min(4095, Math.max(0, value)))),
  });
};

beforeAll(async () => {
  study = await createStudy();
  modelPath = await writeModel(study.at('network.onnx'), labels);
  const dicoms = labels.flatMap((label, at) =>
    [1, 2].map((seed) => [`${label}/Rocinante-${at}-${seed}.dcm`, film(10 * at + seed)] as const),
  );
  await study.write(films, Object.fromEntries(dicoms));
  await study.import(films, { name: 'films' });
  const pngs = labels.flatMap((label, at) =>
    [1, 2].map((seed) => [`Test/${label}/images/Dulcinea-${at}-${seed}.png`, 50 + 10 * at + seed] as const),
  );
  await study.write('Toboso/pngs', Object.fromEntries(pngs));
  for (const [name] of pngs)
    await study.write('Toboso/pngs', { [name.replace('images', 'lung masks')]: await drawMask(300) });
  await study.import('Toboso/pngs', { name: 'pngs' });
  expect([study.samples('films').length, study.samples('pngs').length]).toEqual([6, 6]);
  await study.workbench.importMarks(await writeMarks());
}, 60_000);
afterAll(() => study.remove());

/** A mark on every picture, as another catalog would send them. */
async function writeMarks(): Promise<string> {
  const shape = { form: 'rectangle', left: 4, top: 4, width: 8, height: 6 };
  const samples = ['films', 'pngs'].flatMap((name) => study.samples(name)).map(({ contentSha256, width, height }) => {
    const marks = [{ kind: 'marker', shape, author: 'reader 1', note: '' }];
    return { contentSha256, width, height, marks, reviews: [] };
  }); // prettier-ignore
  await writeFile(study.at('marks.json'), JSON.stringify({ format: 'relevance-lightbox/marks', version: 1, samples }));
  return study.at('marks.json');
}

const fileOf = (dataset: string, folder: string): string => study.at(folder, study.samples(dataset)[0]?.path ?? '');

interface Asked {
  readonly workbench: Workbench;
  readonly dataset: string;
  readonly folder: string;
  /** A file of the dataset. */
  readonly picture: string;
}

const shared = () => ({ modelPath, provider: 'cpu' }) as const;
const modelsOf = () => ({ modelPaths: [modelPath], provider: 'cpu' }) as const;
const mark = { form: 'rectangle', left: 4, top: 4, width: 8, height: 6 } as const;

const figure = (kind: 'composites' | 'augmentations' | 'concepts', format: string) => (asked: Asked) =>
  asked.workbench.saveFigure({
    ...{ kind, ...modelsOf(), dataset: asked.dataset, perClass: 1, composites: ['EpsilonPlusFlat'] },
    outputFile: path.join(asked.folder, `figure.${format}`),
  });

const exports: Readonly<Record<string, (asked: Asked) => Promise<unknown>>> = {
  'figure of composites, PDF': figure('composites', 'pdf'),
  'figure of augmentations, SVG': figure('augmentations', 'svg'),
  'figure of concepts, PNG': figure('concepts', 'png'),
  'figure of samples': ({ workbench, dataset, folder }) =>
    workbench.saveFigure({ kind: 'samples', dataset, outputFile: path.join(folder, 'samples.pdf') }),
  'figure of an audit': ({ workbench, picture, folder }) =>
    workbench.saveFigure({ kind: 'audit', ...shared(), picture, mark, outputFile: path.join(folder, 'audit.pdf') }),
  report: ({ workbench, dataset, folder }) => workbench.saveReport({ ...modelsOf(), dataset, outputFolder: folder }),
  'marks as JSON': ({ workbench, dataset, folder }) =>
    workbench.exportMarks({ dataset, outputFile: path.join(folder, 'marks.json') }),
  'marks as segmentations': ({ workbench, dataset, folder }) =>
    workbench.exportSegmentations({ dataset, outputFolder: folder }),
  ledger: ({ workbench, dataset, folder }) => workbench.writeLedger({ ...shared(), dataset, outputFolder: folder }),
  evaluation: ({ workbench, dataset, folder }) =>
    workbench.evaluateDataset({ ...shared(), dataset, outputFolder: folder }),
  robustness: ({ workbench, dataset, folder }) =>
    workbench.testRobustness({ ...modelsOf(), dataset, variants: ['blur'], limit: 2, outputFolder: folder }),
  'robustness of files': ({ workbench, picture, folder }) =>
    workbench.testRobustness({ ...modelsOf(), pictures: [picture], variants: ['blur'], outputFolder: folder }),
  quality: ({ workbench, dataset, folder }) =>
    workbench.measureQuality({ ...shared(), dataset, limit: 2, outputFolder: folder }),
  explanation: ({ workbench, picture, folder }) =>
    workbench.explain({ ...shared(), pictures: [picture], outputFolder: folder }),
  concepts: ({ workbench, picture, folder }) =>
    workbench.explainConcepts({ ...shared(), pictures: [picture], outputFolder: folder }),
  'test of a mark': ({ workbench, picture, folder }) =>
    workbench.testMark({ ...shared(), picture, mark, outputFolder: folder }),
  'test of a region': ({ workbench, dataset, folder }) =>
    workbench.testRegionOfDataset({ ...shared(), dataset, region: 'border', outputFolder: folder }),
  'sheet of samples': ({ workbench, dataset, folder }) =>
    workbench.saveDatasetSheet({ dataset, outputFile: path.join(folder, 'sheet.png') }),
};

test.each(Object.keys(exports).flatMap((name) => ['films', 'pngs'].map((dataset) => [name, dataset] as const)))(
  '%s of %s: no byte of it holds a name',
  async (name, dataset) => {
    const folder = study.at('exports', `${name} ${dataset}`);
    const picture = fileOf(dataset, dataset === 'films' ? films : 'Toboso/pngs');
    await mkdir(folder, { recursive: true });
    await exports[name]?.({ workbench: study.workbench, dataset, folder, picture });
    expect(await searchFolder(folder, words)).toEqual([]);
  },
  120_000,
);

test('segmentations were written for DICOM files, and a name is found where it is asked for', async () => {
  const asked = { dataset: 'films', outputFolder: study.at('exports', 'marks as segmentations films') };
  const report = await study.workbench.exportSegmentations(asked);
  expect(report.files.length).toBe(6);
  await study.workbench.exportSegmentations({ ...asked, keepUids: true, outputFolder: study.at('with-uids') });
  const traces = await searchFolder(study.at('with-uids'), words);
  expect(new Set(traces.map(({ word }) => word))).toEqual(new Set(['1.2.826.0.1.3680043.99.7']));
  expect((await readFile(fileOf('films', films))).includes('Quixote')).toBe(true);
});
