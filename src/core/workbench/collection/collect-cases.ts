import { setImmediate } from 'node:timers/promises';
import type { EvaluationCase } from '#core/audit/index.ts';
import { createClassFinder, type ListedSample, type ReadonlyCatalog } from '#core/catalog/index.ts';

/** Which predictions are judged. */
export interface CaseScope {
  /** By id. */
  readonly dataset: number;
  readonly setup: number;
  /** Of the model, in the order of its outputs. */
  readonly labels: readonly string[];
  readonly split?: string | undefined;
}

export interface CollectedCases {
  readonly cases: readonly EvaluationCase[];
  /** Labels that are no class of the model, '' for none, and how often each occurs. */
  readonly unknownLabels: ReadonlyMap<string, number>;
  /** Pictures that stand in the dataset again and are counted once. */
  readonly copies: number;
}

const SAMPLES_IN_PAGE = 1000;

/** The predictions there are, with the dataset's answers. Others are let in between two pages of samples. */
export async function collectCases(
  catalog: ReadonlyCatalog,
  { dataset, setup, labels, split }: CaseScope,
): Promise<CollectedCases> {
  const findClass = createClassFinder(labels);
  const unknownLabels = new Map<string, number>();
  const listed = await listAll(catalog, { dataset, split, prediction: { setup } });
  const counted = leaveOutCopies(catalog, listed);
  const cases: EvaluationCase[] = [];
  for (const [place, { id, contentSha256 = '', label = '', patientHash }] of counted.entries()) {
    if (place % SAMPLES_IN_PAGE === 0) await setImmediate();
    const truth = findClass(label);
    const probabilities = catalog.predictions.find(setup, id)?.probabilities;
    if (truth === undefined) unknownLabels.set(label, (unknownLabels.get(label) ?? 0) + 1);
    else if (probabilities) cases.push({ id: contentSha256, truth, probabilities, patient: patientHash });
  }
  return { cases, unknownLabels, copies: listed.length - counted.length };
}

/**
 * Every picture once. A copy of one in another split counts in its own split, but not one that a further part of the dataset
 * (COVID-QU-Ex: infection) has from the main part.
 */
function leaveOutCopies(catalog: ReadonlyCatalog, samples: readonly ListedSample[]): readonly ListedSample[] {
  const counted = new Set(samples.flatMap(({ id, primaryId }) => (primaryId === undefined ? [id] : [])));
  return samples.filter(({ primaryId, collection }) => {
    if (primaryId === undefined) return true;
    if (counted.has(primaryId) || catalog.samples.get(primaryId).collection !== collection) return false;
    counted.add(primaryId);
    return true;
  });
}

type Filter = Parameters<ReadonlyCatalog['samples']['page']>[0];

async function listAll(catalog: ReadonlyCatalog, filter: Filter): Promise<readonly ListedSample[]> {
  const samples: ListedSample[] = [];
  let { samples: page, next } = catalog.samples.page({ ...filter, limit: SAMPLES_IN_PAGE });
  samples.push(...page);
  while (next) {
    await setImmediate();
    ({ samples: page, next } = catalog.samples.page({ ...filter, limit: SAMPLES_IN_PAGE, after: next }));
    samples.push(...page);
  }
  return samples;
}
