import path from 'node:path';
import type { Dataset, ListedSample, ReadonlyCatalog } from '#core/catalog/index.ts';
import { renderSampleSheet, saveFigure, type FigureThemeName, type SheetClass } from '#core/figures/index.ts';
import { decodePicture, type Picture } from '#core/imaging/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { makeFolder } from '../make-folder.ts';
import { lightboxVersion } from '../versions.ts';
import { drawPlaces } from './draw-places.ts';
import { checkSplit, getDataset } from './find-dataset.ts';

export interface SheetRequest {
  readonly dataset: string;
  readonly split?: string | undefined;
  /** Pictures shown of each class; 8 by default. */
  readonly perClass?: number | undefined;
  /** Which are drawn; 1 by default. */
  readonly seed?: number | undefined;
  readonly theme?: FigureThemeName | undefined;
  /** A .pdf, .png or .svg file. */
  readonly outputFile: string;
}

export interface SheetReport {
  readonly file: string;
  readonly classes: readonly { readonly label: string; readonly count: number; readonly shown: number }[];
}

const UNLABELLED = 'without a label';

/** Draws sample pictures of a dataset, divided by class, and saves them as one figure. */
export async function saveDatasetSheet(catalog: ReadonlyCatalog, request: SheetRequest): Promise<SheetReport> {
  const { split, perClass = 8, seed = 1, theme, outputFile } = request;
  const dataset = getDataset(catalog, request.dataset);
  checkSplit(catalog, dataset, split);
  const classes = await drawClasses(catalog, dataset, { split, perClass, seed });
  const samples = classes.reduce((sum, { count }) => sum + count, 0);
  if (samples === 0)
    throw new LightboxError('dataset/unknown', `The dataset "${dataset.name}" has no pictures to show.`);
  const figure = await renderSampleSheet({
    ...{ classes, title: `${dataset.name}${split === undefined ? '' : `, ${split}`}`, ...(theme && { theme }) },
    provenance: {
      ...{ dataset: dataset.name, ...(split !== undefined && { split }), samples },
      ...{ selection: `drawn at random, seed ${seed}`, version: lightboxVersion, created: new Date().toISOString() },
    },
  });
  await makeFolder(path.dirname(path.resolve(outputFile)));
  await saveFigure(outputFile, figure);
  return {
    file: outputFile,
    classes: classes.map(({ label, count, samples: shown }) => ({ label, count, shown: shown.length })),
  };
}

interface Drawing {
  readonly split: string | undefined;
  readonly perClass: number;
  readonly seed: number;
}

async function drawClasses(
  catalog: ReadonlyCatalog,
  dataset: Dataset,
  drawing: Drawing,
): Promise<readonly SheetClass[]> {
  const groups = catalog.samples.countByGroup(dataset.id);
  const labels = new Set(
    groups.flatMap(({ split, label }) => (drawing.split === undefined || split === drawing.split ? [label] : [])),
  );
  return Promise.all(Array.from(labels, (label) => drawClass(catalog, dataset, { ...drawing, label })));
}

async function drawClass(
  catalog: ReadonlyCatalog,
  dataset: Dataset,
  { split, label, perClass, seed }: Drawing & { readonly label: string | undefined },
): Promise<SheetClass> {
  const filter = { dataset: dataset.id, split, label: label ?? '', duplicates: false };
  const count = catalog.samples.count(filter);
  const samples = [];
  for (const place of drawPlaces(count, `sample sheet ${seed}`)) {
    if (samples.length === perClass) break;
    const sample = catalog.samples.page({ ...filter, offset: place, limit: 1 }).samples[0];
    const picture = sample && (await loadPicture(dataset, sample));
    if (picture) samples.push({ picture });
  }
  return { label: label ?? UNLABELLED, count, samples };
}

/** One that has gone or cannot be read is passed over for the next. */
async function loadPicture(dataset: Dataset, { path: file, unreadable }: ListedSample): Promise<Picture | undefined> {
  if (unreadable !== undefined) return undefined;
  return decodePicture(path.join(dataset.folder, file)).catch(() => undefined);
}
