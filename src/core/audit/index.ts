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
export { createBorderRing } from './regions/border-ring.ts';
export { summarizeShares, type GroupShare } from './regions/group-share.ts';
export type { Measure } from './regions/measure.ts';
export { measureRegion, type RegionMeasures } from './regions/region-measures.ts';
export { outsideOf, type RegionMask } from './regions/region-mask.ts';
export { computePositiveShare, type RelevanceMap } from './regions/relevance-share.ts';
export { fillNames, type FillName } from './causal/fills.ts';
export { placeControls } from './causal/matched-controls.ts';
export type { PixelMask, PixelPlanes } from './causal/pixel-planes.ts';
export { createRemovalMask } from './causal/removal-mask.ts';
export { computeRemovalEffects, type FillEffect } from './causal/removal-effect.ts';
export { createVariants, type Variant } from './causal/variants.ts';
