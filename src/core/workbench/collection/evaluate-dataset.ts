import { createClassFinder, type Catalog, type ListedSample } from '#core/catalog/index.ts';
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

const SAMPLES_IN_PAGE = 1000;

/** Predicts what is missing, then compares all predictions with the dataset's labels. Throws `request/invalid` where none can be. */
export async function evaluateDataset(
  place: { readonly engine: Engine; readonly catalog: Catalog },
  request: EvaluateRequest,
  control: JobControl,
): Promise<DatasetEvaluation> {
  const predictions = await predictDataset(place, request, control);
  const { cases, unknownLabels, copies } = collectCases(place.catalog, predictions, request.split);
  const unlabelled = [...unknownLabels.values()].reduce((sum, count) => sum + count, 0);
  const { labels } = predictions;
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

interface CollectedCases {
  readonly cases: readonly EvaluationCase[];
  /** Labels that are no class of the model, '' for none, and how often each occurs. */
  readonly unknownLabels: ReadonlyMap<string, number>;
  /** Pictures that stand in the dataset again and are counted once. */
  readonly copies: number;
}

function collectCases(
  catalog: Catalog,
  { dataset, setup, labels }: DatasetPredictions,
  split: string | undefined,
): CollectedCases {
  const findClass = createClassFinder(labels);
  const unknownLabels = new Map<string, number>();
  const listed = listAll(catalog, { dataset: dataset.id, split, prediction: { setup: setup.id } });
  const counted = leaveOutCopies(catalog, listed);
  const cases = counted.flatMap((sample): EvaluationCase[] => {
    const { id, contentSha256 = '', label = '', patientHash } = sample;
    const truth = findClass(label);
    const probabilities = catalog.predictions.find(setup.id, id)?.probabilities;
    if (truth === undefined) unknownLabels.set(label, (unknownLabels.get(label) ?? 0) + 1);
    return truth === undefined || !probabilities
      ? []
      : [{ id: contentSha256, truth, probabilities, patient: patientHash }];
  });
  return { cases, unknownLabels, copies: listed.length - counted.length };
}

/**
 * Every picture once. A copy of one in another split counts in its own split, but not one that a further part of the dataset
 * (COVID-QU-Ex: infection) has from the main part.
 */
function leaveOutCopies(catalog: Catalog, samples: readonly ListedSample[]): readonly ListedSample[] {
  const counted = new Set(samples.flatMap(({ id, primaryId }) => (primaryId === undefined ? [id] : [])));
  return samples.filter(({ primaryId, collection }) => {
    if (primaryId === undefined) return true;
    if (counted.has(primaryId) || catalog.samples.get(primaryId).collection !== collection) return false;
    counted.add(primaryId);
    return true;
  });
}

function listAll(catalog: Catalog, filter: Parameters<Catalog['samples']['page']>[0]): readonly ListedSample[] {
  const samples: ListedSample[] = [];
  let { samples: page, next } = catalog.samples.page({ ...filter, limit: SAMPLES_IN_PAGE });
  samples.push(...page);
  while (next) {
    ({ samples: page, next } = catalog.samples.page({ ...filter, limit: SAMPLES_IN_PAGE, after: next }));
    samples.push(...page);
  }
  return samples;
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
