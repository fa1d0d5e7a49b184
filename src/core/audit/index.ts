/** Is the classifier right, and how sure of that can one be: statistics over cases. */
export type { Calibration, Reliability, ReliabilityBin } from './calibration.ts';
export { evaluate } from './evaluate.ts';
export { writeConfusionCsv, writeEvaluationCsv, writePredictionsCsv, writeRocCsv } from './evaluation-csv.ts';
export { describeEvaluation } from './evaluation-record.ts';
export type { EvaluationRecord } from './evaluation-record.ts';
export type { EvaluationCase } from './evaluation-case.ts';
export type {
  BootstrapOptions,
  ClassEvaluation,
  ClassIntervals,
  Evaluation,
  EvaluationIntervals,
  EvaluationOptions,
} from './evaluation.ts';
export type { Interval } from './interval.ts';
export type { RocPoint } from './roc.ts';
