import { createHash } from 'node:crypto';
import path from 'node:path';
import { describePart, writeBundle, type NewBundle } from '#core/bundles/index.ts';
import type { Catalog, Dataset, ReadonlyCatalog } from '#core/catalog/index.ts';
import { decodePicture, saveFile, writeDisplayPng } from '#core/imaging/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { STUDY_ENDING, type StudyManifest, type StudySample } from '#shared/study/study-bundle.ts';
import { exportMarks } from '../collection/export-marks.ts';
import { getDataset } from '../collection/find-dataset.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import { makeFolder } from '../make-folder.ts';
import { lightboxVersion } from '../versions.ts';

export interface StudyExportRequest {
  /** By name; all of the catalog if not given. */
  readonly dataset?: string | undefined;
  /** Whether pictures come along: their pixels alone, by hash. */
  readonly pictures?: boolean | undefined;
  readonly outputFile: string;
}

export interface StudyExportReport {
  readonly file: string;
  readonly sha256: string;
  readonly samples: number;
  readonly pictures: number;
  readonly marks: number;
  readonly reviews: number;
  /** Of pictures that could not be put in, in sentences without names of files. */
  readonly warnings: readonly string[];
}

/** Larger pictures would have to be made smaller, and marks are in pixels. */
const largestSide = 16_384;

/**
 * Saves what readers said of a dataset as a bundle. The log of the catalog tells of it before the file is there.
 * Throws `dataset/unknown`, `request/invalid`, `output/not-writable`, `catalog/...`, `job/cancelled`.
 */
export async function exportStudy(
  catalog: Catalog,
  { dataset, pictures = false, outputFile }: StudyExportRequest,
  control: JobControl = {},
): Promise<StudyExportReport> {
  if (!outputFile.endsWith(STUDY_ENDING))
    throw new LightboxError('request/invalid', `"${outputFile}" is no name for a study; end it in ${STUDY_ENDING}.`);
  const datasets = dataset === undefined ? catalog.datasets.list() : [getDataset(catalog, dataset)];
  const found = listSamples(catalog, datasets);
  const drawn = pictures ? await drawPictures(found, control) : { pngs: new Map<string, Uint8Array>(), failed: 0 };
  const samples = found.map(({ sample }) => addPicture(sample, drawn.pngs));
  const marks = exportMarks(catalog, { dataset });
  const files = new Map([...drawn.pngs.values()].map((bytes) => [describePart(bytes).sha256, bytes]));
  const bytes = writeBundle({ manifest: describeStudy(catalog, samples), marks, pictures: files });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  catalog.log.append({ action: 'study/exported', subject: { sha256, samples: samples.length, pictures: files.size } });
  await makeFolder(path.dirname(path.resolve(outputFile)));
  await saveFile(outputFile, bytes);
  const count = (part: 'marks' | 'reviews'): number => marks.samples.reduce((sum, one) => sum + one[part].length, 0);
  return {
    ...{ file: outputFile, sha256, samples: samples.length, pictures: files.size },
    ...{ marks: count('marks'), reviews: count('reviews') },
    warnings:
      drawn.failed === 0 ? [] : [`${drawn.failed} pictures cannot be read or are too large, and were left out.`],
  };
}

interface FoundSample {
  readonly sample: StudySample;
  readonly file: string;
}

/** Each picture once, by hash. */
function listSamples(catalog: ReadonlyCatalog, datasets: readonly Dataset[]): readonly FoundSample[] {
  const found = new Map<string, FoundSample>();
  for (const { id, folder } of datasets) {
    for (const file of catalog.samples.listFiles(id)) {
      const { contentSha256, width, height } = catalog.samples.get(file.id);
      if (contentSha256 === undefined || found.has(contentSha256)) continue;
      const sample = { contentSha256, ...(width !== undefined && height !== undefined && { width, height }) };
      found.set(contentSha256, { sample, file: path.join(folder, file.path) });
    }
  }
  return [...found.values()].sort((left, right) => (left.sample.contentSha256 < right.sample.contentSha256 ? -1 : 1));
}

function describeStudy(catalog: ReadonlyCatalog, samples: readonly StudySample[]): NewBundle['manifest'] {
  const models = catalog.models.list();
  const settings = models.flatMap(({ id, sha256: model }) =>
    catalog.setups.list(id).map(({ kind, settingsSha256: sha256, settings: chosen }) => ({
      ...{ model, kind, sha256, settings: chosen as Record<string, unknown> },
    })),
  );
  const order = <Part extends { readonly sha256: string }>(parts: readonly Part[]): Part[] =>
    parts.toSorted((left, right) => (left.sha256 < right.sha256 ? -1 : 1));
  return {
    program: lightboxVersion,
    samples: [...samples],
    models: order(models.map(({ sha256, title, labels }) => ({ sha256, ...(title !== undefined && { title }), labels: [...labels] }))),
    settings: order(settings),
  }; // prettier-ignore
}

interface DrawnPictures {
  /** By the hash of the file they were drawn from. */
  readonly pngs: ReadonlyMap<string, Uint8Array>;
  readonly failed: number;
}

/** The pixels alone: no tag, no name, no date of the file comes along. What is written into the picture stays there. */
async function drawPictures(found: readonly FoundSample[], { signal, onProgress }: JobControl): Promise<DrawnPictures> {
  const pngs = new Map<string, Uint8Array>();
  let failed = 0;
  for (const [at, { sample, file }] of found.entries()) {
    throwIfCancelled({ signal });
    onProgress?.({ done: at, total: found.length, label: 'pictures' });
    const png = await drawPicture(file).catch(() => undefined);
    if (png) pngs.set(sample.contentSha256, png);
    else failed++;
  }
  return { pngs, failed };
}

async function drawPicture(file: string): Promise<Uint8Array | undefined> {
  const picture = await decodePicture(file);
  if (Math.max(picture.width, picture.height) > largestSide) return undefined;
  return writeDisplayPng(picture, { width: largestSide, height: largestSide });
}

function addPicture(sample: StudySample, pngs: DrawnPictures['pngs']): StudyManifest['samples'][number] {
  const png = pngs.get(sample.contentSha256);
  return png ? { ...sample, picture: describePart(png) } : sample;
}
