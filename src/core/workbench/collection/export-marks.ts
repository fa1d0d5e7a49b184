import path from 'node:path';
import type { Catalog, Mark, ReadonlyCatalog, Review, SecondLook } from '#core/catalog/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import { markShapeSchema } from '#shared/marks/mark-shape.ts';
import type { MarksExportRequest, MarksFile } from '#shared/marks/marks-file.ts';
import { makeFolder } from '../make-folder.ts';
import { getDataset } from './find-dataset.ts';

export interface SaveMarksRequest extends MarksExportRequest {
  /** A .json file. */
  readonly outputFile: string;
}

export interface MarksExportReport {
  readonly file: string;
  readonly samples: number;
  readonly marks: number;
  readonly reviews: number;
}

type MarkedSample = MarksFile['samples'][number];

/**
 * What readers marked and judged, by sample. Shapes of other programs, and samples whose files were never read, are left out.
 * Throws `dataset/unknown`.
 */
export function exportMarks(catalog: ReadonlyCatalog, { dataset, paths = false }: MarksExportRequest): MarksFile {
  return catalog.snapshot(() => {
    const datasets = dataset === undefined ? catalog.datasets.list() : [getDataset(catalog, dataset)];
    const marks = datasets.flatMap(({ id }) => catalog.marks.listOfDataset(id));
    const reviews = datasets.flatMap(({ id }) => catalog.reviews.listOfDataset(id));
    const looks = datasets.flatMap(({ id }) => catalog.secondLooks.listOfDataset(id));
    const ids = new Set([...marks, ...reviews].map(({ sampleId }) => sampleId));
    const samples = [...ids].flatMap((id): MarkedSample[] => {
      const { contentSha256, width, height, path: file } = catalog.samples.get(id);
      if (contentSha256 === undefined) return [];
      return [
        {
          ...{ contentSha256, width, height, ...(paths && { path: file }) },
          marks: marks.filter(({ sampleId }) => sampleId === id).flatMap(describeMark),
          reviews: reviews.filter(({ sampleId }) => sampleId === id).map(describeReview),
          ...describeLooks(looks.filter(({ sampleId }) => sampleId === id)),
        },
      ];
    });
    return { format: 'relevance-lightbox/marks', version: 1, samples };
  });
}

/** The same, and the log says that it was done. */
export function handOutMarks(catalog: Catalog, request: MarksExportRequest): MarksFile {
  return catalog.transaction(() => {
    const document = exportMarks(catalog, request);
    const { length: samples } = document.samples;
    catalog.log.append({ action: 'marks/exported', subject: { samples, paths: request.paths ?? false } });
    return document;
  });
}

/** Throws `dataset/unknown`, `output/not-writable`. */
export async function saveMarks(
  catalog: Catalog,
  { outputFile, ...request }: SaveMarksRequest,
): Promise<MarksExportReport> {
  const document = handOutMarks(catalog, request);
  await makeFolder(path.dirname(path.resolve(outputFile)));
  await saveFile(outputFile, Buffer.from(`${JSON.stringify(document, undefined, 2)}\n`, 'utf8'));
  const count = (part: 'marks' | 'reviews'): number =>
    document.samples.reduce((sum, sample) => sum + sample[part].length, 0);
  return { file: outputFile, samples: document.samples.length, marks: count('marks'), reviews: count('reviews') };
}

function describeMark({ kind, shape, author, note, createdMs }: Mark): MarkedSample['marks'] {
  const known = markShapeSchema.safeParse(shape);
  return known.success ? [{ kind, shape: known.data, author, note, createdMs }] : [];
}

const describeReview = (review: Review): MarkedSample['reviews'][number] => {
  const { author, verdict, note, updatedMs, lockedMs } = review;
  return { author, verdict, note, updatedMs, ...(lockedMs !== undefined && { lockedMs }) };
};

const describeLooks = (looks: readonly SecondLook[]): Pick<MarkedSample, 'secondLooks'> => ({
  ...(looks.length > 0 && {
    secondLooks: looks.map(({ author, opinion, verdict, createdMs }) => ({ author, opinion, verdict, createdMs })),
  }),
});
