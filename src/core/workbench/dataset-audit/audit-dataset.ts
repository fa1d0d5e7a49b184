import { auditLabel, findResamplingUnits, FOLDS, sampleCases, type TrivialFeature } from '#core/audit/index.ts';
import type { Catalog, Dataset, ReadonlyCatalog } from '#core/catalog/index.ts';
import { datasetAuditSchema, type DatasetAudit } from '#shared/contract/dataset-audit.ts';
import { setImmediate } from 'node:timers/promises';
import { getDataset } from '../collection/find-dataset.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import { lightboxVersion } from '../versions.ts';
import { associateMarks } from './associate-marks.ts';
import { listAudited, type AuditedSample, type AuditedSamples } from './audited-samples.ts';
import { describeFindings } from './describe-findings.ts';
import { findTwins } from './find-twins.ts';
import { listFeatures, listSources } from './list-features.ts';
import { measurePictures } from './measure-pictures.ts';

export interface DatasetAuditRequest {
  readonly dataset: string;
  /** What chance is drawn from: folds, and the pictures of a regression where there are very many. Default: 1. */
  readonly seed?: number | undefined;
  /** Where tables are saved; nothing is saved when not given. */
  readonly outputFolder?: string | undefined;
}

/** Regressions are fitted to at most so many pictures. */
const MOST_FITTED = 20_000;
/** Classes beyond the most frequent ones are not judged alone. */
const MOST_CLASSES = 12;

/**
 * What a dataset gives away before any network has seen it. Pictures not measured yet are measured first; an audit of the same pictures, labels and marks is
 * taken from the catalog. Throws `dataset/unknown`, `job/cancelled`.
 */
export async function auditDataset(
  catalog: Catalog,
  { dataset: name, seed = 1 }: DatasetAuditRequest,
  control: JobControl,
): Promise<DatasetAudit> {
  const dataset = getDataset(catalog, name);
  await measurePictures(catalog, dataset, control);
  const samples = catalog.snapshot(() => listAudited(catalog, dataset));
  const kept = findKeptAudit(catalog, dataset, seed);
  if (kept?.audit.input === samples.input) return kept.audit;
  const audit = await computeAudit({ catalog, dataset, samples, seed }, control);
  const question = { kind: 'dataset-audit', datasetId: dataset.id, settings: { seed } } as const;
  catalog.analyses.put({ ...question, result: audit, version: lightboxVersion });
  return audit;
}

export interface KeptAudit {
  readonly audit: DatasetAudit;
  readonly createdMs: number;
}

/** The audit that was made last, whatever has changed since; undefined also where it is of an earlier version of this program. */
export function findKeptAudit(catalog: ReadonlyCatalog, dataset: Dataset, seed = 1): KeptAudit | undefined {
  const kept = catalog.analyses.find({ kind: 'dataset-audit', datasetId: dataset.id, settings: { seed } });
  const audit = datasetAuditSchema.safeParse(kept?.result).data;
  return kept && audit && { audit, createdMs: kept.createdMs };
}

interface Auditing {
  readonly catalog: ReadonlyCatalog;
  readonly dataset: Dataset;
  readonly samples: AuditedSamples;
  readonly seed: number;
}

async function computeAudit({ catalog, dataset, samples, seed }: Auditing, control: JobControl): Promise<DatasetAudit> {
  const { judged, leftOut, input, all } = samples;
  const labels = chooseClasses(judged);
  const { features, classes, unit, fitted } = await judgeClasses({ judged, labels, seed, name: dataset.name }, control);
  const twins = await findTwins(all, { ...control, name: dataset.name });
  const associations = [...associateMarks(catalog, dataset, { judged, labels })];
  return {
    ...{ dataset: dataset.name, input, seed, pictures: judged.length, leftOut: { ...leftOut } },
    ...{ unit, fitted, folds: FOLDS, classes, twins, associations },
    features: features.map(({ name, definition, kind }) => ({ name, definition, kind })),
    findings: describeFindings({ classes, twins, associations }),
  };
}

/** Of two classes only the rarer one: the other is its mirror image. */
function chooseClasses(judged: readonly AuditedSample[]): readonly string[] {
  const counts = [...Map.groupBy(judged, ({ label }) => label)].map(([label, { length }]) => ({ label, length }));
  const order = counts
    .toSorted((a, b) => b.length - a.length || (a.label < b.label ? -1 : 1))
    .map(({ label }) => label);
  if (order.length < 2) return [];
  return order.length === 2 ? order.slice(1) : order.slice(0, MOST_CLASSES).sort();
}

interface ClassQuestion {
  readonly judged: readonly AuditedSample[];
  readonly labels: readonly string[];
  readonly seed: number;
  readonly name: string;
}

async function judgeClasses(
  { judged, labels, seed, name }: ClassQuestion,
  control: JobControl,
): Promise<Pick<DatasetAudit, 'classes' | 'unit' | 'fitted'> & { readonly features: readonly TrivialFeature[] }> {
  const cases = judged.map((sample) => ({ sample, patient: sample.patientHash }));
  const { kind, unitOf } = findResamplingUnits(cases);
  const features = listFeatures(judged);
  const fitted = sampleCases(judged.length, MOST_FITTED, seed);
  const classes: DatasetAudit['classes'] = [];
  for (const [at, label] of labels.entries()) {
    throwIfCancelled(control);
    control.onProgress?.({ done: at, total: labels.length, label: `${name}: judging ${label}` });
    await setImmediate();
    const isPositive = Uint8Array.from(judged, (sample) => Number(sample.label === label));
    const question = { features, isPositive, units: unitOf, sources: listSources(judged), seed, fitted };
    const { features: alone, coefficients, withoutSource, ...rest } = auditLabel(question);
    classes.push({
      label,
      ...rest,
      features: [...alone],
      coefficients: [...coefficients],
      withoutSource: [...withoutSource],
    });
  }
  return { features, classes, unit: kind, fitted: fitted.length };
}
