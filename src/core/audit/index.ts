/** Is the classifier right, and how sure of that can one be: statistics over cases. */
export { computeMeanInterval } from './bootstrap-mean.ts';
export type { MeanWithInterval, MeasuredCase } from './bootstrap-mean.ts';
export type { Calibration, Reliability, ReliabilityBin } from './calibration.ts';
export { CHECKER_OF_NOISE, computeCheckerPattern } from './checker-pattern.ts';
export type { CheckerPattern } from './checker-pattern.ts';
export { computeConservationResidual } from './conservation.ts';
export { writeCsv } from './csv.ts';
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
export { computeFlippingArea, computeRelevanceGain } from './flipping-curve.ts';
export { computeMapDistances, mapMeasureNames } from './map-distances/map-distances.ts';
export type { MapDistances, MapMeasure } from './map-distances/map-distances.ts';
export { reasonOf, undefinedBecause } from './map-distances/measurement.ts';
export type { Measurement } from './map-distances/measurement.ts';
export type { MapPair } from './map-distances/map-pair.ts';
export { computeFlipRate, computePredictionDrift } from './map-distances/prediction-drift.ts';
export type { RocPoint } from './roc.ts';
