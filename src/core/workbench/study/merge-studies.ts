import path from 'node:path';
import { loadBundle, writeBundle, type NewBundle, type StudyBundle } from '#core/bundles/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { MarksFile } from '#shared/marks/marks-file.ts';
import { STUDY_ENDING, type StudySample } from '#shared/study/study-bundle.ts';
import { makeFolder } from '../make-folder.ts';
import { compareReaders, type ReaderAgreement } from './compare-readers.ts';
import { joinCases, readReader, type CaseKeys, type ReaderStudy } from './read-readers.ts';

/** The reader that what two others agree on is filed under. */
export const ADJUDICATED = 'adjudicated';

export interface AgreementRequest {
  readonly first: string;
  readonly second: string;
  /** Whose word counts, where a study holds that of several. */
  readonly readers?: readonly string[] | undefined;
}

interface ComparedStudies {
  readonly bundles: readonly [StudyBundle, StudyBundle];
  readonly keys: CaseKeys;
  readonly readers: readonly [ReaderStudy, ReaderStudy];
}

async function loadStudies({ first, second, readers = [] }: AgreementRequest): Promise<ComparedStudies> {
  if (readers.length !== 0 && readers.length !== 2)
    throw new LightboxError('request/invalid', `Two readers are compared, but ${readers.length} were named.`);
  const bundles = [await loadBundle(first), await loadBundle(second)] as const;
  const keys = joinCases(bundles[0].manifest.samples, bundles[1].manifest.samples);
  const [a, b] = [
    readReader(bundles[0], keys, { file: path.basename(first), name: readers[0] }),
    readReader(bundles[1], keys, { file: path.basename(second), name: readers[1] }),
  ];
  // Everybody is "Reader 1" who never said otherwise.
  const isSame = a.name === b.name;
  const rename = (reader: ReaderStudy, end: string): ReaderStudy => (isSame ? { ...reader, name: `${reader.name}${end}` } : reader);
  return { bundles, keys, readers: [rename(a, ' (first)'), rename(b, ' (second)')] };
} // prettier-ignore

/** How far two readers' studies agree. Throws `request/invalid`. */
export async function computeAgreement(request: AgreementRequest): Promise<ReaderAgreement> {
  const { readers } = await loadStudies(request);
  return compareReaders(...readers);
}

export interface MergeReport {
  readonly file: string;
  readonly readers: readonly [string, string];
  /** Cases with a verdict both gave, which is that of `adjudicated` now. */
  readonly settled: number;
  /** Cases that wait for one. */
  readonly open: number;
}

/**
 * Saves both readers' words as one study, with a third reader "adjudicated": their verdict where both gave the same one, and a note of
 * what each said where they did not. Throws `request/invalid`, `output/not-writable`.
 */
export async function mergeStudies(request: AgreementRequest & { readonly outputFile: string }): Promise<MergeReport> {
  const { outputFile } = request;
  if (!outputFile.endsWith(STUDY_ENDING))
    throw new LightboxError('request/invalid', `"${outputFile}" is no name for a study; end it in ${STUDY_ENDING}.`);
  const studies = await loadStudies(request);
  const { differing } = compareReaders(...studies.readers);
  const settled = listSettled(studies);
  const marks = joinMarks(studies, settled);
  await makeFolder(path.dirname(path.resolve(outputFile)));
  await saveFile(outputFile, writeBundle(joinBundles(studies, marks)));
  const [a, b] = studies.readers;
  return { file: outputFile, readers: [a.name, b.name], settled: settled.size, open: differing.length };
}

/** Cases of which both said the same. */
function listSettled({ readers: [first, second] }: ComparedStudies): ReadonlySet<string> {
  const same = [...first.readings].filter(([key, { review }]) => {
    const other = second.readings.get(key)?.review?.verdict;
    return other !== undefined && other === review?.verdict;
  });
  return new Set(same.map(([key]) => key));
}

function joinMarks({ bundles, keys, readers }: ComparedStudies, settled: ReadonlySet<string>): MarksFile {
  const sizes = new Map(
    bundles.flatMap(({ marks }) =>
      marks.samples.map(({ contentSha256, width, height }) => [keys.get(contentSha256) ?? contentSha256, { width, height }]),
    ),
  ); // prettier-ignore
  const cases = [...new Set(readers.flatMap(({ readings }) => [...readings.keys()]))].sort();
  const samples = cases.map((contentSha256): MarksFile['samples'][number] => {
    const said = readers.map(({ name, readings }) => ({ name, reading: readings.get(contentSha256) }));
    const own = <Part extends object>(author: string, parts: readonly Part[]): Part[] =>
      parts.map((part) => ({ ...part, author }));
    const reviews = said.flatMap(({ name, reading }) => own(name, reading?.review ? [reading.review] : []));
    const verdict = settled.has(contentSha256) ? reviews[0]?.verdict : undefined;
    const note = verdict === undefined ? describeDispute(said.map(({ name }) => [name, reviews])) : '';
    const updatedMs = Math.max(0, ...reviews.map((review) => review.updatedMs));
    return {
      ...{ contentSha256, ...sizes.get(contentSha256) },
      marks: said.flatMap(({ name, reading }) => own(name, [...(reading?.marks ?? [])])),
      reviews: [...reviews, { author: ADJUDICATED, ...(verdict !== undefined && { verdict }), note, updatedMs }],
    };
  });
  return { format: 'relevance-lightbox/marks', version: 1, samples };
}

type Review = MarksFile['samples'][number]['reviews'][number];

const describeDispute = (said: readonly (readonly [string, readonly Review[]])[]): string =>
  said
    .map(([name, reviews]) => `${name}: ${reviews.find(({ author }) => author === name)?.verdict ?? 'no verdict'}.`)
    .join(' ');

function joinBundles({ bundles, keys }: ComparedStudies, marks: MarksFile): NewBundle {
  const samples = new Map<string, StudySample>();
  for (const sample of bundles.flatMap(({ manifest }) => manifest.samples)) {
    const contentSha256 = keys.get(sample.contentSha256) ?? sample.contentSha256;
    const known = samples.get(contentSha256);
    samples.set(contentSha256, { ...sample, ...known, contentSha256 });
  }
  const unique = <Part extends { readonly sha256: string }>(parts: readonly Part[], name: (part: Part) => string): Part[] =>
    [...new Map(parts.map((part) => [name(part), part])).values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  return {
    manifest: {
      program: bundles[0].manifest.program,
      samples: [...samples.values()].sort((a, b) => (a.contentSha256 < b.contentSha256 ? -1 : 1)),
      models: unique(bundles.flatMap(({ manifest }) => manifest.models), ({ sha256 }) => sha256),
      settings: unique(bundles.flatMap(({ manifest }) => manifest.settings), ({ model, sha256 }) => `${model} ${sha256}`),
    },
    marks,
    pictures: new Map(bundles.flatMap(({ pictures }) => [...pictures])),
  };
} // prettier-ignore
