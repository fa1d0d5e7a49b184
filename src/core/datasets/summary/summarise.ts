import type { ProblemKind } from '../reading-problem.ts';
import { countOf, formatCount, nameList } from '../sentences.ts';
import { tabulateClasses, type ClassTable } from './class-table.ts';
import { compareCovidCounts } from './covid-qu-ex-counts.ts';
import { countSamples, type DatasetFacts, type MaskCount } from './dataset-facts.ts';
import { findWarnings } from './warnings.ts';

/** What the window and the command line show of a dataset. */
export interface DatasetSummary {
  readonly total: number;
  readonly tables: readonly ClassTable[];
  /** Counts in words: samples, masks, what was left out. */
  readonly sentences: readonly string[];
  readonly warnings: readonly string[];
}

/** What was counted, as tables and sentences. */
export function summariseDataset(facts: DatasetFacts): DatasetSummary {
  const tables = tabulateClasses(facts);
  return {
    total: countSamples(facts),
    tables,
    sentences: [
      describeSamples(facts, tables),
      ...facts.masks.map((mask) => describeMasks(facts, mask)),
      ...compareCovidCounts(facts),
      ...describeProblems(facts),
    ],
    warnings: findWarnings(facts),
  };
}

function describeSamples(facts: DatasetFacts, tables: readonly ClassTable[]): string {
  const known = (names: readonly (string | undefined)[]): number =>
    new Set(names.filter((name) => name !== undefined)).size;
  const splits = known(tables.flatMap((table) => table.splits));
  const labels = known(tables.flatMap((table) => table.labels));
  const where = [
    splits > 0 ? countOf(splits, 'split') : '',
    labels > 0 ? `${formatCount(labels)} class${labels === 1 ? '' : 'es'}` : '',
  ].filter((part) => part !== '');
  const patients = facts.patients > 0 ? ` of ${countOf(facts.patients, 'patient')}` : '';
  return `${countOf(countSamples(facts), 'picture')}${patients}${where.length > 0 ? ` in ${nameList(where)}` : ''}.`;
}

function describeMasks(facts: DatasetFacts, { kind, collection, found, empty }: MaskCount): string {
  const part = facts.samples.filter((cell) => cell.collection === collection);
  const where = collection === undefined ? '' : ` of the ${collection} part`;
  const emptiness = empty === undefined ? '' : `, ${formatCount(empty)} of them empty`;
  const total = countOf(countSamples({ samples: part }), 'picture');
  return `${formatCount(found)} of ${total}${where} ${found === 1 ? 'has' : 'have'} ${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind} mask${emptiness}.`;
}

/** What each kind of problem is called, for one and for several. */
const problemNames: Readonly<Record<ProblemKind, string>> = {
  'row-without-picture': 'row whose picture is not there',
  'picture-without-row': 'picture that no row names',
  'repeated-row': 'row that names a picture again',
  'invalid-row': 'row that does not fit its table',
  'ambiguous-picture': 'row whose picture has several files',
  'missing-mask': 'mask that is named but not there',
  'mask-without-picture': 'mask without a picture',
  'stray-picture': 'file or folder beside splits and classes',
  'unsupported-picture': 'picture in a format that is not read',
  'unreadable-folder': 'folder that cannot be read',
  'unreadable-file': 'file that cannot be read',
  'link-not-followed': 'link that is not followed',
};

function describeProblems({ problems }: DatasetFacts): string[] {
  return problems.map(({ kind, count, examples: [first = ''] }) => {
    const times = count === 1 ? 'Once' : `${formatCount(count)} times`;
    return `${times}: ${problemNames[kind]}. ${count === 1 ? '' : 'The first: '}${first}`;
  });
}
