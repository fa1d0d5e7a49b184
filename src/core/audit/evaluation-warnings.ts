import type { EvaluationIntervals } from './evaluation.ts';
import type { ResamplingUnits } from './resampling-units.ts';
import type { RankedTable } from './statistics.ts';

/** Fewer cases of a class than this say little about it. */
const FEW_CASES = 10;
/** What float32 softmax may miss a sum of 1 by. */
const SUM_TOLERANCE = 1e-3;

/** What a careful reader would question about the cases. */
export function findCaseWarnings(table: RankedTable, units: ResamplingUnits): string[] {
  const { count, labels, positives } = table;
  return [
    ...labels.flatMap((label, index) => describeClassSize(label, positives[index] ?? 0, count)),
    ...when(countUnevenSums(table), (cases) => `In ${casesText(cases)} the probabilities do not sum to 1.`),
    ...when(
      countZeroTruths(table),
      (cases) =>
        `In ${casesText(cases)} the true class has the probability 0, counted as 2.2e-16 in the log-likelihood.`,
    ),
    ...when(
      units.kind === 'patient' ? units.withoutPatient : 0,
      (cases) => `No patient is named for ${casesText(cases)}: each counts as a patient of its own.`,
    ),
  ];
}

/** What a careful reader would question about the intervals. */
export function findIntervalWarnings({ labels }: RankedTable, intervals: EvaluationIntervals): string[] {
  return intervals.classes.flatMap((one, index) => {
    const label = labels[index] ?? '';
    const missing = when(
      one.auc === undefined ? 0 : intervals.resamples - one.auc.draws,
      (draws) =>
        `In ${formatCount(draws)} resamples '${label}' has no AUC; its interval and the mean's leave them out.`,
    );
    const flat = numberNames.filter((name) => one[name] !== undefined && one[name].low === one[name].high);
    const names = flat.map((name) => (name === 'auc' ? 'AUC' : name)).join(', ');
    const sentence = `The same in every resample, so that the interval understates the doubt: ${names} of '${label}'.`;
    return flat.length > 0 ? [...missing, sentence] : missing;
  });
}

const numberNames = ['auc', 'sensitivity', 'specificity'] as const;

function describeClassSize(label: string, positives: number, count: number): string[] {
  if (positives === 0) return [`No case is of class '${label}': it has no AUC and no sensitivity.`];
  if (positives === count) return [`Every case is of class '${label}': it has no AUC and no specificity.`];
  return positives < FEW_CASES ? [`Class '${label}' has only ${casesText(positives)}.`] : [];
}

function countUnevenSums({ scores, count }: RankedTable): number {
  const sums = new Float64Array(count);
  for (const column of scores) column.forEach((value, index) => (sums[index] = (sums[index] ?? 0) + value));
  return sums.filter((sum) => Math.abs(sum - 1) > SUM_TOLERANCE).length;
}

const countZeroTruths = ({ truth, scores }: RankedTable): number =>
  truth.filter((label, index) => scores[label]?.[index] === 0).length;

const when = (count: number, describe: (count: number) => string): string[] => (count > 0 ? [describe(count)] : []);
const formatCount = (count: number): string => count.toLocaleString('en');
const casesText = (count: number): string => `${formatCount(count)} ${count === 1 ? 'case' : 'cases'}`;
