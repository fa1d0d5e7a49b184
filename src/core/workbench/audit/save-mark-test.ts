import path from 'node:path';
import { saveFigure } from '#core/figures/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import { makeFolder } from '../make-folder.ts';
import { lightboxVersion } from '../versions.ts';
import { drawMarkTest } from './draw-mark-test.ts';
import { writeCasesCsv, writeEffectsCsv } from './mark-test-csv.ts';
import type { DatasetMarkReport } from './mark-test-request.ts';
import type { TestedPicture } from './test-picture-mark.ts';
import { writeFinite } from './write-finite.ts';

/** Saves a test of one mark: record, table and figure. Throws `output/not-writable`. */
export async function savePictureMark(tested: TestedPicture, folder: string): Promise<void> {
  await makeFolder(folder);
  const texts = {
    'mark-test.json': writeRecord('mark-test', tested.report),
    'effects.csv': writeEffectsCsv(tested.report),
  };
  for (const [name, text] of Object.entries(texts)) await saveFile(path.join(folder, name), Buffer.from(text, 'utf8'));
  const figure = await drawMarkTest(tested);
  for (const name of ['mark-test.png', 'mark-test.svg']) await saveFigure(path.join(folder, name), figure);
}

/** Saves a test over a dataset: record and table of cases. Throws `output/not-writable`. */
export async function saveDatasetMark(report: DatasetMarkReport, folder: string): Promise<void> {
  await makeFolder(folder);
  const texts = { 'region-test.json': writeRecord('region-test', report), 'cases.csv': writeCasesCsv(report) };
  for (const [name, text] of Object.entries(texts)) await saveFile(path.join(folder, name), Buffer.from(text, 'utf8'));
}

function writeRecord(kind: string, report: object): string {
  const record = { format: `relevance-lightbox/${kind}/1`, version: lightboxVersion, ...report };
  return `${JSON.stringify(record, writeFinite, 2)}\n`;
}
