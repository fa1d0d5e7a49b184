import type { StudyBundle } from '#core/bundles/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { MarksFile } from '#shared/marks/marks-file.ts';
import type { StudySample } from '#shared/study/study-bundle.ts';
import { hashesOf } from './match-study.ts';

export type FiledMark = MarksFile['samples'][number]['marks'][number];
export type FiledReview = MarksFile['samples'][number]['reviews'][number];

/** What one reader said of one case. */
export interface Reading {
  readonly review: FiledReview | undefined;
  readonly marks: readonly FiledMark[];
}

/** What one reader said of a study. */
export interface ReaderStudy {
  readonly name: string;
  /** By case; cases they said nothing of are not in it. */
  readonly readings: ReadonlyMap<string, Reading>;
}

/** One name for each case of two studies: a case is the same where any of its hashes is. */
export type CaseKeys = ReadonlyMap<string, string>;

export function joinCases(first: readonly StudySample[], second: readonly StudySample[]): CaseKeys {
  const keys = new Map<string, string>();
  for (const sample of [...first, ...second]) {
    const hashes = hashesOf(sample);
    const key = hashes.map((hash) => keys.get(hash)).find((known) => known !== undefined) ?? sample.contentSha256;
    for (const hash of hashes) keys.set(hash, key);
  }
  return keys;
}

/**
 * The reader of a study: the one that was named, else the only one there is.
 * @param file what messages call the study.
 * Throws `request/invalid`.
 */
export function readReader(
  { marks: { samples } }: StudyBundle,
  keys: CaseKeys,
  { file, name }: { readonly file: string; readonly name: string | undefined },
): ReaderStudy {
  const authors = new Set(samples.flatMap(({ marks, reviews }) => [...marks, ...reviews].map(({ author }) => author)));
  const chosen = name ?? (authors.size === 1 ? [...authors][0] : undefined);
  if (chosen === undefined || !authors.has(chosen)) throw unclear(file, [...authors].sort());
  const readings = new Map<string, Reading>();
  for (const { contentSha256, marks, reviews } of samples) {
    const key = keys.get(contentSha256) ?? contentSha256;
    const own = marks.filter(({ author }) => author === chosen);
    const review = reviews.find(({ author }) => author === chosen);
    if (review || own.length > 0) readings.set(key, { review, marks: own });
  }
  return { name: chosen, readings };
}

function unclear(file: string, authors: readonly string[]): LightboxError {
  const who = authors.length === 0 ? 'nobody' : authors.map((author) => `"${author}"`).join(', ');
  const advice = authors.length === 0 ? 'mark or judge something first' : 'say whose with --readers FIRST,SECOND';
  return new LightboxError('request/invalid', `"${file}" holds what ${who} said; ${advice}.`);
}
