import { computeClusteredAuc, type AucEstimate } from './clustered-auc.ts';
import { learnScaling, scaleRows, type DesignColumn } from './design-columns.ts';
import { FOLDS } from './folds.ts';
import { fitLogistic, scoreRows } from './logistic-regression.ts';

/** Penalty on squared coefficients of features in standard deviations: weak, but enough that a perfect feature has a finite one. */
export const RIDGE = 1;

export interface LabelledCases {
  /** 1 for a positive. */
  readonly isPositive: Uint8Array;
  readonly units: Uint32Array;
}

/** A fit to some cases, judged by others. Undefined where the others have too few of either class. */
export function judgeHeldOut(
  columns: readonly DesignColumn[],
  { isPositive, units }: LabelledCases,
  { fitted, heldOut }: { readonly fitted: readonly number[]; readonly heldOut: readonly number[] },
): AucEstimate | undefined {
  const scaling = learnScaling(columns, fitted);
  const labelsOf = (cases: readonly number[]): Uint8Array => Uint8Array.from(cases, (at) => isPositive[at] ?? 0);
  const model = fitLogistic(scaleRows(columns, fitted, scaling), labelsOf(fitted), RIDGE);
  const scores = scoreRows(scaleRows(columns, heldOut, scaling), model);
  const unitsOfHeldOut = Uint32Array.from(heldOut, (at) => units[at] ?? 0);
  return computeClusteredAuc({ scores, isPositive: labelsOf(heldOut), units: unitsOfHeldOut });
}

/**
 * Cross-validated AUC: the mean over folds of the AUC on a fold of a model fitted to the others, since scores of two models are not comparable. What one model learns from,
 * another is judged by, so folds are not independent: the variance of a fold counts 1/5 + 1/4 times, not 1/5 (Nadeau and Bengio, Machine Learning 52, 2003, 239-281). Undefined where a
 * fold cannot be judged.
 */
export function crossValidate(
  columns: readonly DesignColumn[],
  cases: LabelledCases,
  folds: Uint8Array,
): AucEstimate | undefined {
  const judged = Array.from({ length: FOLDS }, (_, fold) => {
    const [fitted, heldOut]: [number[], number[]] = [[], []];
    folds.forEach((one, at) => (one === fold ? heldOut : fitted).push(at));
    return judgeHeldOut(columns, cases, { fitted, heldOut });
  });
  const known = judged.filter((one) => one !== undefined);
  if (known.length < FOLDS) return undefined;
  const auc = known.reduce((sum, one) => sum + one.auc, 0) / FOLDS;
  const variance = known.reduce((sum, one) => sum + one.error ** 2, 0) / FOLDS;
  return { auc, error: Math.sqrt(variance * (1 / FOLDS + 1 / (FOLDS - 1))) };
}
