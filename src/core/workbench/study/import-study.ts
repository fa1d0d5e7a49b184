import path from 'node:path';
import { loadBundle, type LoadedBundle } from '#core/bundles/index.ts';
import type { Catalog } from '#core/catalog/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { MarksFile, MarksImportReport } from '#shared/marks/marks-file.ts';
import { importDataset } from '../collection/import-dataset.ts';
import { importMarks } from '../collection/import-marks.ts';
import type { JobControl } from '../job.ts';
import { makeFolder } from '../make-folder.ts';
import { hashesOf, matchStudy, type StudyMatch } from './match-study.ts';

export interface StudyImportRequest {
  readonly file: string;
  /** Where pictures that came along are saved, and imported from as a dataset of the folder's name. */
  readonly pictureFolder?: string | undefined;
  /** Takes what fits, and leaves the rest. */
  readonly knownOnly?: boolean | undefined;
}

export interface StudyImportReport extends MarksImportReport {
  readonly file: string;
  readonly sha256: string;
  readonly match: StudyMatch;
  /** Pictures that were saved. */
  readonly pictures: number;
}

/**
 * Brings what readers said elsewhere into the catalog: all of it, or nothing where a sample is missing or has another size here.
 * Throws `request/invalid`, `output/not-writable`, `catalog/...`.
 */
export async function importStudy(
  catalog: Catalog,
  { file, pictureFolder, knownOnly = false }: StudyImportRequest,
  control: JobControl = {},
): Promise<StudyImportReport> {
  const bundle = await loadBundle(file);
  const pictures = pictureFolder === undefined ? 0 : await importPictures(catalog, { bundle, pictureFolder, control });
  return catalog.transaction(() => {
    const match = matchStudy(catalog, bundle.manifest);
    if (!knownOnly) demandMatch(path.basename(file), match, bundle);
    const report = importMarks(catalog, renameSamples(catalog, bundle, new Set(match.resized)));
    const { sha256 } = bundle;
    catalog.log.append({ action: 'study/imported', subject: { sha256, marks: report.marks, reviews: report.reviews } });
    return { ...report, file, sha256, match, pictures };
  });
}

function demandMatch(name: string, { missing, resized }: StudyMatch, { manifest, pictures }: LoadedBundle): void {
  const first = (hashes: readonly string[]): string => `${hashes[0]?.slice(0, 12) ?? ''}…`;
  const count = manifest.samples.length;
  const problem =
    missing.length > 0
      ? `${missing.length} of ${count} pictures of "${name}" are in no dataset here (the first: ${first(missing)})`
      : resized.length > 0
        ? `${resized.length} of ${count} pictures of "${name}" have another size here (the first: ${first(resized)})`
        : undefined;
  if (problem === undefined) return;
  const advice = pictures.size > 0 && missing.length > 0 ? '--pictures FOLDER, or ' : '';
  const sentence = `${problem}, so nothing was imported; import their dataset first, or use ${advice}--known-only.`;
  throw new LightboxError('request/invalid', sentence);
}

/** Marks of pictures that are here by the hash of the picture that came along. */
function renameSamples(catalog: Catalog, { manifest, marks }: LoadedBundle, left: ReadonlySet<string>): MarksFile {
  const here = new Map(
    manifest.samples.map((sample) => {
      const known = hashesOf(sample).find((hash) => catalog.samples.listByContent(hash).length > 0);
      return [sample.contentSha256, known ?? sample.contentSha256];
    }),
  );
  const samples = marks.samples.flatMap((sample) => {
    const contentSha256 = here.get(sample.contentSha256);
    return contentSha256 === undefined || left.has(sample.contentSha256) ? [] : [{ ...sample, contentSha256 }];
  });
  return { ...marks, samples };
}

interface PictureImport {
  readonly bundle: LoadedBundle;
  readonly pictureFolder: string;
  readonly control: JobControl;
}

/** Names are made of hashes, so none leads out of the folder. */
async function importPictures(
  catalog: Catalog,
  { bundle: { pictures }, pictureFolder, control }: PictureImport,
): Promise<number> {
  if (pictures.size === 0)
    throw new LightboxError('request/invalid', 'The study has no pictures; leave --pictures out, or ask for them.');
  await makeFolder(pictureFolder);
  for (const [sha256, bytes] of pictures) await saveFile(path.join(pictureFolder, `${sha256}.png`), bytes);
  await importDataset(catalog, { folder: pictureFolder, layout: 'folders' }, control);
  return pictures.size;
}
