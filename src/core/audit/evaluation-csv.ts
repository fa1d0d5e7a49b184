import { writeCsv } from './csv.ts';
import type { CsvCell } from './csv.ts';
import type { EvaluationCase } from './evaluation-case.ts';
import type { ClassEvaluation, ClassIntervals, Evaluation } from './evaluation.ts';
import type { Interval } from './interval.ts';
import { readScoreTable } from './score-table.ts';

type MetricRow = [metric: string, value: number | undefined, interval?: Interval | undefined];

/** `evaluation.csv`: metric, class (empty for the whole), value, low, high (empty without an interval). */
export function writeEvaluationCsv(evaluation: Evaluation): string {
  const { intervals, calibration } = evaluation;
  const whole: MetricRow[] = [
    ['cases', evaluation.cases],
    ['accuracy', evaluation.accuracy, intervals?.accuracy],
    ['balanced_accuracy', evaluation.balancedAccuracy, intervals?.balancedAccuracy],
    ['mean_auc', evaluation.meanAuc, intervals?.meanAuc],
    ['mean_confidence', calibration.meanConfidence],
    ['ece_equal_width', calibration.equalWidth.ece],
    ['ece_equal_mass', calibration.equalMass.ece],
    ['brier', calibration.brier],
    ['negative_log_likelihood', calibration.negativeLogLikelihood],
  ];
  return writeCsv([
    ['metric', 'class', 'value', 'low', 'high'],
    ...whole.map(([metric, value, interval]) => [metric, '', value, interval?.low, interval?.high]),
    ...evaluation.classes.flatMap((one, index) => classRows(one, intervals?.classes[index])),
  ]);
}

function classRows(one: ClassEvaluation, intervals: ClassIntervals | undefined): CsvCell[][] {
  const numbers: MetricRow[] = [
    ['positives', one.positives],
    ['prevalence', one.prevalence],
    ['auc', one.auc, intervals?.auc],
    ['average_precision', one.averagePrecision],
    ['sensitivity', one.sensitivity, intervals?.sensitivity],
    ['specificity', one.specificity, intervals?.specificity],
  ];
  return numbers.map(([metric, value, interval]) => [metric, one.label, value, interval?.low, interval?.high]);
}

/** `roc.csv`: a row for each point of each class's curve; the threshold of the first is empty. */
export function writeRocCsv({ classes }: Evaluation): string {
  const points = classes.flatMap(({ label, roc }) =>
    roc.map(({ threshold, fpr, tpr }) => [label, threshold, fpr, tpr]),
  );
  return writeCsv([['class', 'threshold', 'fpr', 'tpr'], ...points]);
}

/** `confusion.csv`: a row for each true class, a column for each predicted one. */
export function writeConfusionCsv({ labels, confusion }: Evaluation): string {
  const rows = confusion.map((row, truth) => [labels[truth], ...row]);
  return writeCsv([['truth', ...labels], ...rows]);
}

/**
 * `predictions.csv`: a row for each case, by its id; patients are left out.
 * @throws LightboxError `request/invalid` as evaluate.
 */
export function writePredictionsCsv(cases: readonly EvaluationCase[], labels: readonly string[]): string {
  const { truth, predicted, scores } = readScoreTable(cases, labels);
  const rows = cases.map(({ id }, index) => [
    id,
    labels[truth[index] ?? 0],
    labels[predicted[index] ?? 0],
    ...scores.map((column) => column[index]),
  ]);
  return writeCsv([['id', 'truth', 'predicted', ...labels.map((label) => `probability ${label}`)], ...rows]);
}
