import type { EvaluationIntervals } from './evaluation.ts';
import type { ResamplingUnits } from './resampling-units.ts';
import type { RankedTable } from './statistics.ts';

/** Fewer cases of a class than this say little about it. */
const FEW_CASES = 10;
/** What float32 softmax may miss a sum of 1 by. */
const SUM_TOLERANCE = 1e-3;
/** Classes named in one sentence; further ones are counted. */
const MOST_NAMES = 5;

/** What a careful reader would question about the cases. */
export function findCaseWarnings(table: RankedTable, units: ResamplingUnits): string[] {
  const { count } = table;
  const withoutPatient = units.kind === 'patient' ? units.withoutPatient : 0;
  return [
    ...about(
      'No case, so neither AUC nor sensitivity',
      nameClasses(table, (positives) => positives === 0),
    ),
    ...about(
      'No case of another class, so neither AUC nor specificity',
      nameClasses(table, (own) => own === count),
    ),
    ...about(
      `Fewer than ${FEW_CASES} cases`,
      nameClasses(table, (own) => own > 0 && own < FEW_CASES, true),
    ),
    ...when(countUnevenSums(table), (cases) => `In ${cases} the probabilities do not sum to 1.`),
    ...when(
      countZeroTruths(table),
      (cases) => `In ${cases} the true class has the probability 0, counted as 2.2e-16 in the log-likelihood.`,
    ),
    ...when(withoutPatient, (cases) => `No patient is named for ${cases}: each counts as a patient of its own.`),
  ];
}

const numberNames = { auc: 'AUC', sensitivity: 'sensitivity', specificity: 'specificity' } as const;

/** What a careful reader would question about the intervals. */
export function findIntervalWarnings({ labels }: RankedTable, intervals: EvaluationIntervals): string[] {
  const missing = intervals.classes.flatMap(({ auc }, index) => {
    const draws = auc === undefined ? 0 : intervals.resamples - auc.draws;
    return draws > 0 ? [`'${labels[index] ?? ''}' (${formatCount(draws)})`] : [];
  });
  const flat = intervals.classes.flatMap((one, index) => {
    const keys = (['auc', 'sensitivity', 'specificity'] as const).filter((key) => {
      return one[key] !== undefined && one[key].low === one[key].high;
    });
    return keys.length === 0 ? [] : [`${keys.map((key) => numberNames[key]).join(', ')} of '${labels[index] ?? ''}'`];
  });
  return [
    ...about("Resamples without an AUC, left out of its interval and the mean's", missing),
    ...about('The same in every resample, so that the interval understates the doubt', flat, '; '),
  ];
}

/** The classes whose number of cases is of a kind, with that number if asked. */
function nameClasses(table: RankedTable, isMeant: (positives: number) => boolean, isCounted = false): string[] {
  return table.labels.flatMap((label, index) => {
    const positives = table.positives[index] ?? 0;
    return isMeant(positives) ? [`'${label}'${isCounted ? ` (${positives})` : ''}`] : [];
  });
}

function about(sentence: string, names: readonly string[], separator = ', '): string[] {
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMES ? ` and ${formatCount(names.length - MOST_NAMES)} more` : '';
  return [`${sentence}: ${names.slice(0, MOST_NAMES).join(separator)}${more}.`];
}

function countUnevenSums({ scores, count }: RankedTable): number {
  const sums = new Float64Array(count);
  for (const column of scores) column.forEach((value, index) => (sums[index] = (sums[index] ?? 0) + value));
  return sums.filter((sum) => Math.abs(sum - 1) > SUM_TOLERANCE).length;
}

const countZeroTruths = ({ truth, scores }: RankedTable): number =>
  truth.filter((label, index) => scores[label]?.[index] === 0).length;

const when = (count: number, describe: (cases: string) => string): string[] =>
  count > 0 ? [describe(count === 1 ? '1 case' : `${formatCount(count)} cases`)] : [];

const formatCount = (count: number): string => count.toLocaleString('en');
