import type { Catalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import { markShapeSchema } from '#shared/marks/mark-shape.ts';
import { marksFileSchema, type MarksFile, type MarksImportReport } from '#shared/marks/marks-file.ts';
import { loadText } from '../load-text.ts';

type FiledSample = MarksFile['samples'][number];

/** Brings a file of marks into the catalog. Throws `request/invalid` for a file that cannot be read or is none. */
export async function importMarksFile(catalog: Catalog, file: string): Promise<MarksImportReport> {
  return importMarks(catalog, await loadMarks(file));
}

/**
 * Adds marks and reviews to every sample that shows the same picture; all of them or, on an error, none. What is there already is
 * not added twice, and of two reviews by the same author the newer stays, unless the one that is there was locked.
 */
export function importMarks(catalog: Catalog, { samples }: MarksFile): MarksImportReport {
  const report = { marks: 0, reviews: 0, known: 0, missing: 0 };
  catalog.transaction(() => {
    for (const filed of samples) {
      const found = catalog.samples.listByContent(filed.contentSha256);
      if (found.length === 0) report.missing++;
      for (const { id } of found) {
        const marks = addMarks(catalog, id, filed);
        const reviews = addReviews(catalog, id, filed);
        addSecondLooks(catalog, id, filed);
        report.marks += marks;
        report.reviews += reviews;
        report.known += filed.marks.length + filed.reviews.length - marks - reviews;
      }
    }
    const { marks, reviews } = report;
    catalog.log.append({ action: 'marks/imported', subject: { marks, reviews } });
  });
  return report;
}

/** How many were added. */
function addMarks(catalog: Catalog, sampleId: number, { marks }: FiledSample): number {
  const known = new Set(catalog.marks.list(sampleId).map(writeMark));
  const added = marks.filter((mark) => !known.has(writeMark(mark)));
  for (const { kind, shape, author, note } of added) catalog.marks.insert({ sampleId, kind, shape, author, note });
  return added.length;
}

interface ComparedMark {
  readonly kind: string;
  readonly shape: unknown;
  readonly author: string;
  readonly note: string;
}

/** The same for marks that are the same: the schema puts the fields of a shape in one order. */
const writeMark = ({ kind, shape, author, note }: ComparedMark): string =>
  JSON.stringify([kind, author, note, markShapeSchema.safeParse(shape).data]);

function addReviews(catalog: Catalog, sampleId: number, { reviews }: FiledSample): number {
  const added = reviews.filter(({ author, verdict, note, updatedMs }) => {
    const known = catalog.reviews.find(sampleId, author);
    if (!known) return true;
    if (known.lockedMs !== undefined) return false;
    return known.updatedMs < updatedMs && (known.verdict !== verdict || known.note !== note);
  });
  for (const { author, verdict, note, lockedMs } of added) {
    catalog.reviews.put({ sampleId, author, verdict, note });
    if (lockedMs !== undefined && verdict !== undefined) catalog.reviews.lock(sampleId, author, lockedMs);
  }
  return added.length;
}

function addSecondLooks(catalog: Catalog, sampleId: number, { secondLooks = [] }: FiledSample): void {
  const write = ({ author, opinion, verdict, createdMs }: NonNullable<typeof secondLooks>[number]): string =>
    JSON.stringify([author, opinion, verdict, createdMs]);
  const known = new Set(catalog.secondLooks.list(sampleId).map(write));
  for (const look of secondLooks) if (!known.has(write(look))) catalog.secondLooks.insert({ ...look, sampleId });
}

async function loadMarks(file: string): Promise<MarksFile> {
  const parsed = marksFileSchema.safeParse(await loadJson(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') || 'format';
  throw new LightboxError(
    'request/invalid',
    `"${file}" is no file of marks (at ${place}: ${issue?.message ?? ''}); export one first.`,
  );
}

async function loadJson(file: string): Promise<unknown> {
  const plan = { code: 'request/invalid', noun: 'The file of marks', mostBytes: limits.marks.fileBytes } as const;
  const text = await loadText(file, plan);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const sentence = `"${file}" is no JSON; choose a file that "lightbox marks export" wrote.`;
    throw new LightboxError('request/invalid', sentence, { cause });
  }
}
