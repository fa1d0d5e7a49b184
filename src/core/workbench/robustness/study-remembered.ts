import { variantId, type Variant } from '#core/imaging/index.ts';
import { readKeptOriginal, readKeptRecord } from './kept-record.ts';
import type { KeptStudy } from './kept-study.ts';
import type { PictureStudy } from './robustness-record.ts';
import type { StudyBench } from './study-bench.ts';
import { studyPicture, type StudyResult, type StudyTask } from './study-picture.ts';

/** The numbers of a study. */
export type StudyNumbers = Pick<PictureStudy, 'predicted' | 'target' | 'checker' | 'milliseconds' | 'variants'>;

/** A picture of the catalog that a study is kept at. */
export interface RememberedTask extends Omit<StudyTask, 'known'> {
  /** Undefined where the file is not the picture the catalog knows: then nothing is found or kept. */
  readonly sampleId: number | undefined;
  /** Whether figures or arrays are made of it. */
  readonly needsMaps: boolean;
}

/** What the catalog has, and else computes and keeps. `result` is there where maps were needed or something was computed. */
export async function studyRemembered(
  bench: StudyBench,
  task: RememberedTask,
): Promise<{ readonly numbers: StudyNumbers; readonly result: StudyResult | undefined }> {
  const { sampleId, needsMaps, options, sha256 } = task;
  const kept = sampleId === undefined ? undefined : bench.find(sampleId, options.target);
  const numbers = kept && readNumbers(kept, task.variants, bench.labels);
  if (numbers && !needsMaps) return { numbers, result: undefined };
  const known = kept && (await bench.restore(kept, task));
  const result = await studyPicture(bench, { ...task, known });
  if (sampleId !== undefined) await bench.keep(result, { contentSha256: sha256, known });
  return { numbers: { ...result, variants: result.variants.map(({ record }) => record) }, result };
}

/** Undefined where anything is missing. */
function readNumbers(
  { original, variants: rows }: KeptStudy,
  variants: readonly Variant[],
  labels: readonly string[],
): StudyNumbers | undefined {
  const facts = readKeptOriginal(original, labels);
  const records = variants.flatMap((variant) => {
    const row = rows.get(variantId(variant));
    return (row && readKeptRecord(row, labels)) ?? [];
  });
  if (!facts || records.length < variants.length) return undefined;
  return { ...facts, variants: records, milliseconds: 0 };
}
