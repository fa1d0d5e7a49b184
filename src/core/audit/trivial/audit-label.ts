import type { Interval } from '../interval.ts';
import { computeClusteredAuc, intervalOfAuc, type AucEstimate } from './clustered-auc.ts';
import { crossValidate, judgeHeldOut, RIDGE, type LabelledCases } from './cross-validate.ts';
import { learnScaling, listColumns, scaleRows } from './design-columns.ts';
import { dealFolds } from './folds.ts';
import { fitLogistic } from './logistic-regression.ts';
import type { LabelQuestion } from './label-question.ts';
import { pickCases } from './sample-cases.ts';
import { isEven, type NumberFeature, type TrivialFeature } from './trivial-feature.ts';

/** An AUC, or why there is none. */
export type AuditedAuc =
  | { readonly auc: number; readonly interval: Pick<Interval, 'low' | 'high'>; readonly cases: number }
  | { readonly undefinedBecause: string };

/** One class against the rest, told by features that know nothing of the disease. */
export interface LabelAudit {
  readonly positives: number;
  readonly rest: number;
  /** In the order of the features. */
  readonly features: readonly { readonly name: string; readonly result: AuditedAuc }[];
  /** All features together. */
  readonly together: AuditedAuc;
  /** Of the regression on all cases, per standard deviation; the strongest first. */
  readonly coefficients: readonly { readonly name: string; readonly logOdds: number }[];
  /** Fitted to all sources but one, judged on that one. */
  readonly withoutSource: readonly { readonly source: string; readonly result: AuditedAuc }[];
}

/** Below this, an AUC is chance. */
const FEWEST_CASES = 10;

/**
 * How well features alone and together tell a class from the rest. Numbers are ranked as they are, so their AUC may lie below 0.5, which tells the class as
 * well; categories and all features together are judged by five-fold cross-validation of a logistic regression.
 */
export function auditLabel(question: LabelQuestion): LabelAudit {
  const { features, isPositive } = question;
  const positives = isPositive.reduce((sum, one) => sum + one, 0);
  const counts = { positives, rest: isPositive.length - positives };
  if (Math.min(counts.positives, counts.rest) < FEWEST_CASES) {
    const none = { undefinedBecause: `fewer than ${FEWEST_CASES} cases of the class or of the rest` };
    const each = features.map(({ name }) => ({ name, result: none }));
    return { ...counts, features: each, together: none, coefficients: [], withoutSource: [] };
  }
  const fitted = pickCases(question, question.fitted);
  const folds = dealFolds(fitted);
  const telling = fitted.features.filter((feature) => !isEven(feature));
  return {
    ...counts,
    features: features.map((feature, at) => {
      const isNumber = feature.kind === 'number';
      const result = isNumber
        ? rankNumbers(feature, question)
        : judgeAlone(fitted.features[at] ?? feature, fitted, folds);
      return { name: feature.name, result };
    }),
    together: telling.length === 0 ? allAlike : judge(telling, fitted, folds),
    coefficients: listCoefficients(telling, fitted),
    withoutSource: leaveSourcesOut(telling, fitted),
  };
}

const allAlike: AuditedAuc = { undefinedBecause: 'all cases have the same' };
const tooFew: AuditedAuc = { undefinedBecause: 'too few cases of either class' };

const tell = (estimate: AucEstimate | undefined, cases: number): AuditedAuc =>
  estimate ? { auc: estimate.auc, interval: intervalOfAuc(estimate), cases } : tooFew;

function judge(features: readonly TrivialFeature[], cases: LabelledCases, folds: Uint8Array): AuditedAuc {
  return tell(crossValidate(listColumns(features), cases, folds), folds.length);
}

const judgeAlone = (feature: TrivialFeature, cases: LabelledCases, folds: Uint8Array): AuditedAuc =>
  isEven(feature) ? allAlike : judge([feature], cases, folds);

function rankNumbers(feature: NumberFeature, cases: LabelledCases): AuditedAuc {
  if (isEven(feature)) return allAlike;
  const known = Array.from(feature.values.keys()).filter((at) => !Number.isNaN(feature.values[at]));
  const scores = Float64Array.from(known, (at) => feature.values[at] ?? 0);
  const isPositive = Uint8Array.from(known, (at) => cases.isPositive[at] ?? 0);
  const units = Uint32Array.from(known, (at) => cases.units[at] ?? 0);
  return tell(computeClusteredAuc({ scores, isPositive, units }), known.length);
}

function listCoefficients(
  features: readonly TrivialFeature[],
  { isPositive }: LabelledCases,
): LabelAudit['coefficients'] {
  const columns = listColumns(features);
  const all = Array.from(isPositive.keys());
  const { coefficients } = fitLogistic(scaleRows(columns, all, learnScaling(columns, all)), isPositive, RIDGE);
  return columns
    .map(({ name }, at) => ({ name, logOdds: coefficients[at] ?? 0 }))
    .sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
}

/** The source itself cannot help here: within one it is the same. */
function leaveSourcesOut(features: readonly TrivialFeature[], question: LabelQuestion): LabelAudit['withoutSource'] {
  const { sources } = question;
  const names = [...new Set(sources)].sort();
  if (!sources || names.length < 2) return [];
  const columns = listColumns(features);
  return names.map((source) => {
    const [fitted, heldOut]: [number[], number[]] = [[], []];
    sources.forEach((one, at) => (one === source ? heldOut : fitted).push(at));
    const countOf = (cases: readonly number[], wanted: number): number =>
      cases.filter((at) => question.isPositive[at] === wanted).length;
    const isFew = [fitted, heldOut].some((cases) => Math.min(countOf(cases, 0), countOf(cases, 1)) < FEWEST_CASES);
    const result = isFew ? tooFew : tell(judgeHeldOut(columns, question, { fitted, heldOut }), heldOut.length);
    return { source, result };
  });
}
