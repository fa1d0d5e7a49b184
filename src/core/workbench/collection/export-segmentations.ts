import path from 'node:path';
import type { Mark, ReadonlyCatalog, Sample } from '#core/catalog/index.ts';
import {
  deriveUid,
  readDicomHeader,
  saveFile,
  writeSegmentation,
  type Segment,
  type SegmentedSource,
} from '#core/imaging/index.ts';
import { pictureGrid } from '#shared/marks/mark-grid.ts';
import { markShapeSchema } from '#shared/marks/mark-shape.ts';
import { rasterizeMark } from '#shared/marks/rasterize-mark.ts';
import { makeFolder } from '../make-folder.ts';
import { lightboxVersion } from '../versions.ts';
import { getDataset } from './find-dataset.ts';

export interface SegmentationsRequest {
  /** All when not given. */
  readonly dataset?: string | undefined;
  /**
   * Study, series and picture by their own identifiers, so that a viewer lays the marks over the picture. Without it these are derived ones:
   * the same for the same picture, and no archive knows whose they are.
   */
  readonly keepUids?: boolean | undefined;
  readonly outputFolder: string;
}

export interface SegmentationsReport {
  readonly folder: string;
  readonly files: readonly string[];
  /** Written, a segment each. */
  readonly marks: number;
  /** Pictures with marks of which there is no file, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

type Outcome = { readonly file: string; readonly marks: number } | { readonly reason: string };

/** A DICOM segmentation for every marked DICOM picture, named by the picture's hash. Throws `dataset/unknown`, `output/not-writable`. */
export async function saveSegmentations(
  catalog: ReadonlyCatalog,
  request: SegmentationsRequest,
): Promise<SegmentationsReport> {
  const { dataset: name, outputFolder: folder } = request;
  const datasets = name === undefined ? catalog.datasets.list() : [getDataset(catalog, name)];
  const created = new Date();
  const outcomes: Outcome[] = [];
  for (const dataset of datasets) {
    const marks = Map.groupBy(catalog.marks.listOfDataset(dataset.id), ({ sampleId }) => sampleId);
    for (const [id, own] of marks) {
      const sample = catalog.samples.get(id);
      const marked = { sample, marks: own, file: path.join(dataset.folder, sample.path) };
      outcomes.push(await saveSegmentation(request, marked, created));
    }
  }
  const written = outcomes.flatMap((outcome) => ('file' in outcome ? [outcome] : []));
  const leftOut: Record<string, number> = {};
  for (const outcome of outcomes) if ('reason' in outcome) leftOut[outcome.reason] = (leftOut[outcome.reason] ?? 0) + 1;
  return {
    folder,
    files: written.map(({ file }) => file),
    marks: written.reduce((sum, one) => sum + one.marks, 0),
    leftOut,
  };
}

interface MarkedFile {
  readonly sample: Sample;
  readonly marks: readonly Mark[];
  readonly file: string;
}

async function saveSegmentation(request: SegmentationsRequest, marked: MarkedFile, created: Date): Promise<Outcome> {
  const { sample, marks, file } = marked;
  const header = await readDicomHeader(file).catch(() => undefined);
  if (!header) return { reason: 'the picture is no DICOM file that can be read; its marks are in the JSON' };
  const { rows, columns, frames = 1 } = header;
  const source = readSource(header);
  if (!source || rows === undefined || columns === undefined)
    return { reason: 'the file lacks the identifiers a segmentation refers to' };
  if (frames !== 1) return { reason: 'the file has several frames' };
  if (columns !== sample.width || rows !== sample.height)
    return { reason: 'the file is another one by now; import its folder again' };
  const segments = marks.flatMap((mark, at) => segmentOf(mark, at, { columns, rows }));
  if (segments.length === 0) return { reason: 'no mark covers the middle of a pixel' };
  const plan = {
    rows,
    columns,
    segments,
    created,
    version: lightboxVersion,
    source: request.keepUids === true ? source : mask(source),
  };
  const name = `${(sample.contentSha256 ?? String(sample.id)).slice(0, 16)}.seg.dcm`;
  await makeFolder(request.outputFolder);
  await saveFile(path.join(request.outputFolder, name), await writeSegmentation(plan));
  return { file: name, marks: segments.length };
}

function readSource(header: Awaited<ReturnType<typeof readDicomHeader>>): SegmentedSource | undefined {
  const { sopClassUid, sopInstanceUid, seriesInstanceUid, studyInstanceUid } = header;
  if (!sopClassUid || !sopInstanceUid || !seriesInstanceUid || !studyInstanceUid) return undefined;
  return { sopClassUid, sopInstanceUid, seriesInstanceUid, studyInstanceUid };
}

/** The kind of object says nothing of a person. */
const mask = ({
  sopClassUid,
  sopInstanceUid,
  seriesInstanceUid,
  studyInstanceUid,
}: SegmentedSource): SegmentedSource => ({
  ...{ sopClassUid, sopInstanceUid: deriveUid(sopInstanceUid) },
  ...{ seriesInstanceUid: deriveUid(seriesInstanceUid), studyInstanceUid: deriveUid(studyInstanceUid) },
});

function segmentOf(
  { kind, shape }: Mark,
  at: number,
  { columns, rows }: { columns: number; rows: number },
): readonly Segment[] {
  const known = markShapeSchema.safeParse(shape);
  if (!known.success) return [];
  const pixels = rasterizeMark(known.data, pictureGrid(columns, rows));
  return pixels.includes(1) ? [{ kind, label: `${kind} ${at + 1}`, mask: pixels }] : [];
}
