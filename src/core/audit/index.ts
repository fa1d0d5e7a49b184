/** Is the classifier right, and how sure of that can one be: statistics over cases. */
export { computeKappa, type Kappa } from './agreement/kappa.ts';
export { computeMarkDice } from './agreement/mark-dice.ts';
export { computeMeanInterval } from './bootstrap-mean.ts';
export type { MeanWithInterval, MeasuredCase } from './bootstrap-mean.ts';
export type { Calibration, Reliability, ReliabilityBin } from './calibration.ts';
export { CHECKER_OF_NOISE, computeCheckerPattern } from '#shared/checker-pattern.ts';
export type { CheckerPattern } from '#shared/checker-pattern.ts';
export { computeConservationResidual } from './conservation.ts';
export { writeCsv, type CsvCell } from './csv.ts';
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
export { computeFlippingArea, computeRelevanceGain } from './flipping-curve.ts';
export { computeMapDistances, mapMeasureNames } from './map-distances/map-distances.ts';
export type { MapDistances, MapMeasure } from './map-distances/map-distances.ts';
export { reasonOf, undefinedBecause } from '#shared/measurement.ts';
export type { Measurement } from '#shared/measurement.ts';
export type { MapPair } from './map-distances/map-pair.ts';
export { computeFlipRate, computePredictionDrift } from './map-distances/prediction-drift.ts';
export { computeWilsonInterval, type Interval } from './interval.ts';
export { findResamplingUnits } from './resampling-units.ts';
export type { RocPoint } from './roc.ts';
export { createBorderRing } from './regions/border-ring.ts';
export { summarizeShares, type GroupShare } from './regions/group-share.ts';
export { measureRegion, type RegionMeasures } from './regions/region-measures.ts';
export { outsideOf, wholePixels, type RegionMask } from './regions/region-mask.ts';
export { computePositiveShare, type RelevanceMap } from './regions/relevance-share.ts';
export { fillNames, fillRegion, type FillName } from './causal/fills.ts';
export { createFrameControls } from './causal/frame-controls.ts';
export { judgeRegion, type ClassJudgement, type RegionJudgement } from './causal/judge-region.ts';
export { placeControls, type MatchedControls } from './causal/matched-controls.ts';
export { computeInsertionEffect, type InsertionAnswers, type InsertionEffect } from './causal/flip-rate.ts';
export { adjustTests } from './causal/adjust-tests.ts';
export { testSignedRanks } from './causal/signed-rank.ts';
export { paste, pasteMatched } from './causal/paste.ts';
export type { ClassEffect, NetEffect } from './causal/net-effect.ts';
export { drawNullMark } from './causal/null-mark.ts';
export { sizeOfMask, type PixelMask, type PixelPlanes } from './causal/pixel-planes.ts';
export { createRemovalMask } from './causal/removal-mask.ts';
export { computeRemovalEffects, type FillEffect, type Scale } from './causal/removal-effect.ts';
export { declaredThresholds, type AuditThresholds } from './causal/thresholds.ts';
export { createVariant, createVariants, type Variant, type VariantRequest } from './causal/variants.ts';
export { regionVerdicts, type RegionVerdict } from '#shared/region-verdicts.ts';
export { auditLabel, type LabelAudit } from './trivial/audit-label.ts';
export type { LabelQuestion } from './trivial/label-question.ts';
export { FOLDS } from './trivial/folds.ts';
export { computeLabelAssociation, FEWEST_MARKED } from './trivial/label-association.ts';
export { sampleCases } from './trivial/sample-cases.ts';
export type { TrivialFeature } from './trivial/trivial-feature.ts';
