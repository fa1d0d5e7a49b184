import type { KeptVariant, Sample } from '#core/catalog/index.ts';
import { computeModelView, variantTitle, type Variant } from '#core/imaging/index.ts';
import type { MeasurementView, VariantAnswer, VariantResult } from '#shared/contract/robustness.ts';
import { reasonOf, type Measurement } from '#shared/measurement.ts';
import type { ModelFile } from '../../model-file.ts';
import { readKeptOriginal, readKeptRecord } from '../../robustness/kept-record.ts';
import type { VariantRecord } from '../../robustness/robustness-record.ts';
import type { StudySource } from '../../robustness/study-model.ts';
import { senseRelevance } from '../../relevance-sense.ts';
import { readPrediction } from '../../prediction.ts';

/** What rows of a model and composite are read with. */
export type VariantSource = Omit<StudySource, 'open'>;

interface Described {
  readonly sample: Sample;
  readonly variant: Variant | undefined;
  readonly source: VariantSource;
}

/** A kept variant for the window; undefined where the catalog holds it in another form, and it is to be computed anew. */
export function describeVariant(
  row: KeptVariant,
  { sample, variant, source }: Described,
): Omit<VariantAnswer, 'wasKnown'> | undefined {
  const { labels, file } = source;
  const target = { index: row.target, label: labels[row.target] ?? String(row.target) };
  const names = variant ? variantTitle(variant) : { title: 'Unchanged', note: '' };
  const head = { id: row.id, ...names, target };
  const record = variant ? readKeptRecord(row, labels) : readKeptOriginal(row, labels);
  if (!record) return undefined;
  if ('reason' in record) return { ...head, reason: record.reason ?? '' };
  const result = describeResult(row, { sample, source, file });
  const checker = showMeasurement(record.checker);
  const change = 'distances' in record ? describeChange(record) : undefined;
  return { ...head, result: { ...result, checker, ...(change && { change }) } };
}

interface ResultPlace {
  readonly sample: Sample;
  readonly source: VariantSource;
  readonly file: ModelFile;
}

function describeResult(
  { logits = new Float32Array(), target, arraySha256 = '' }: KeptVariant,
  { sample: { width = 1, height = 1 }, source: { labels, meaning }, file }: ResultPlace,
): Omit<VariantResult, 'checker'> {
  const { index, label, classes } = readPrediction(logits, labels);
  const { logit = NaN, probability = NaN } = classes[target] ?? {};
  return {
    ...{ arraySha256, probability, logit, predicted: { index, label } },
    region: computeModelView({ width, height }, file.manifest.manifest.input).region,
    ...senseRelevance({ meaning, initialRelevance: 'one', logit }),
  };
}

function describeChange(record: VariantRecord): VariantResult['change'] {
  const { drift = NaN, flipped = false, logitChangedSign = false, validShare = NaN, distances } = record;
  const { spearman, ssim, topOverlap, cosine, signFlips } = distances;
  return {
    ...{ drift, flipped, logitChangedSign, validShare },
    distances: {
      spearman: showMeasurement(spearman),
      ssim: showMeasurement(ssim),
      topOverlap: showMeasurement(topOverlap),
      cosine: showMeasurement(cosine),
      signFlips: showMeasurement(signFlips),
    },
  };
}

function showMeasurement(measurement: Measurement): MeasurementView {
  const reason = reasonOf(measurement);
  if (reason !== undefined) return { reason };
  return Number.isFinite(measurement.value) ? { value: measurement.value } : { reason: 'it is not defined' };
}
