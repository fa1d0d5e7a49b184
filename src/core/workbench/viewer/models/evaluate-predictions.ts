import { evaluate } from '#core/audit/index.ts';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { ModelEvaluation } from '#shared/contract/models.ts';
import { LightboxError } from '#shared/errors.ts';
import { collectCases } from '../../collection/collect-cases.ts';

interface Question {
  readonly setup: number;
  readonly dataset: number;
  readonly split?: string | undefined;
}

/** The predictions there are against the dataset's labels. Throws `request/invalid` where there is nothing to compare. */
export async function evaluatePredictions(
  catalog: ReadonlyCatalog,
  { setup, dataset: id, split }: Question,
): Promise<ModelEvaluation> {
  const { labels } = catalog.models.get(catalog.setups.get(setup).model);
  const { cases } = await collectCases(catalog, { dataset: id, setup, labels, split });
  if (cases.length === 0) {
    const sentence = 'No picture has both a label and a prediction of this model; predict the dataset first.';
    throw new LightboxError('request/invalid', sentence);
  }
  const { classes, confusion, meanAuc, ...numbers } = evaluate(cases, { labels, bootstrap: false });
  return {
    ...{ labels: [...labels], cases: numbers.cases, warnings: [...numbers.warnings], meanAuc: meanAuc ?? null },
    ...{ accuracy: numbers.accuracy, balancedAccuracy: numbers.balancedAccuracy },
    auc: classes.map(({ auc }) => auc ?? null),
    sensitivity: classes.map(({ sensitivity }) => sensitivity ?? null),
    specificity: classes.map(({ specificity }) => specificity ?? null),
    confusion: confusion.map((row) => [...row]),
  };
}
