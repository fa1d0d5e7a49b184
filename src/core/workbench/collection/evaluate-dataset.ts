import type { Catalog } from '#core/catalog/index.ts';
import {
  describeEvaluation,
  evaluate,
  type BootstrapOptions,
  type Evaluation,
  type EvaluationCase,
  type EvaluationRecord,
} from '#core/audit/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { JobControl } from '../job.ts';
import { collectCases } from './collect-cases.ts';
import {
  predictDataset,
  type DatasetJobReport,
  type DatasetPredictions,
  type PredictRequest,
} from './predict-dataset.ts';

export interface EvaluateRequest extends PredictRequest {
  readonly bootstrap?: BootstrapOptions | false | undefined;
  /** Where figure and tables are saved; nothing is saved when not given. */
  readonly outputFolder?: string | undefined;
}

export interface DatasetEvaluation {
  readonly evaluation: Evaluation;
  readonly cases: readonly EvaluationCase[];
  readonly predictions: DatasetPredictions;
  readonly record: EvaluationReport;
}

/** An evaluation with what it is an evaluation of. */
export interface EvaluationReport extends EvaluationRecord {
  readonly dataset: string;
  readonly split: string | null;
  readonly model: DatasetJobReport['model'];
  /** Pictures left out, and why. */
  readonly leftOut: { readonly copies: number; readonly unlabelled: number; readonly failed: number };
}

/** Predicts what is missing, then compares all predictions with the dataset's labels. Throws `request/invalid` where none can be. */
export async function evaluateDataset(
  place: { readonly engine: Engine; readonly catalog: Catalog },
  request: EvaluateRequest,
  control: JobControl,
): Promise<DatasetEvaluation> {
  const predictions = await predictDataset(place, request, control);
  const { dataset, setup, labels } = predictions;
  const scope = { dataset: dataset.id, setup: setup.id, labels, split: request.split };
  const { cases, unknownLabels, copies } = await collectCases(place.catalog, scope);
  const unlabelled = [...unknownLabels.values()].reduce((sum, count) => sum + count, 0);
  if (cases.length === 0) throw nothingToCompare(predictions, unknownLabels);
  const evaluation = evaluate(cases, {
    labels,
    ...(request.bootstrap !== undefined && { bootstrap: request.bootstrap }),
  });
  const { report } = predictions;
  const record: EvaluationReport = {
    ...describeEvaluation(evaluation),
    ...{ dataset: report.dataset, split: request.split ?? null, model: report.model },
    warnings: [...report.warnings, ...evaluation.warnings, ...describeUnknown(unknownLabels)],
    leftOut: { copies, unlabelled, failed: report.failures.length },
  };
  return { evaluation, cases, predictions, record };
}

function describeUnknown(unknownLabels: ReadonlyMap<string, number>): readonly string[] {
  return Array.from(unknownLabels, ([label, count]) => {
    const pictures = count === 1 ? '1 picture has' : `${count} pictures have`;
    return label === ''
      ? `${pictures} no label and took no part.`
      : `${pictures} the label "${label}", which is no class of the model, and took no part.`;
  });
}

function nothingToCompare(
  { dataset, labels }: DatasetPredictions,
  unknown: ReadonlyMap<string, number>,
): LightboxError {
  const found = [...unknown.keys()].filter((label) => label !== '').map((label) => `"${label}"`);
  const has = found.length === 0 ? 'has no labels here' : `has the labels ${found.join(', ')}`;
  const knows = labels.map((label) => `"${label}"`).join(', ');
  return new LightboxError(
    'request/invalid',
    `There is nothing to evaluate: the dataset "${dataset.name}" ${has}, the model has the classes ${knows}; name the classes in the model's manifest as the dataset does.`,
  );
}
