import { rankCases } from '../roc.ts';

/** An AUC with its standard error. */
export interface AucEstimate {
  readonly auc: number;
  /** 0 where every resample would give the same, as for an AUC of 1. */
  readonly error: number;
}

interface ScoredCases {
  /** Finite. */
  readonly scores: Float64Array;
  /** 1 for a positive. */
  readonly isPositive: Uint8Array;
  /** The patient each case is of, or a number of its own. */
  readonly units: Uint32Array;
}

/**
 * AUC with the standard error of N. Obuchowski (Biometrics 53, 1997, 567-578) for cases of the same patient, which where every case is of its own is that of DeLong, DeLong
 * and Clarke-Pearson (1988). Undefined below two units with positives or with negatives.
 */
export function computeClusteredAuc({ scores, isPositive, units }: ScoredCases): AucEstimate | undefined {
  const places = computePlacements(scores, isPositive);
  const positives = isPositive.reduce((sum, one) => sum + one, 0);
  const negatives = isPositive.length - positives;
  const auc = places.reduce((sum, place, at) => sum + (isPositive[at] === 1 ? place : 0), 0) / positives;
  const sums = sumByUnit({ places, isPositive, units }, auc);
  const withPositive = sums.filter(({ positives: count }) => count > 0);
  const withNegative = sums.filter(({ negatives: count }) => count > 0);
  if (withPositive.length < 2 || withNegative.length < 2) return undefined;
  const spread = (of: readonly UnitSums[], key: 'above' | 'below', count: number): number =>
    (of.length / ((of.length - 1) * count)) * of.reduce((sum, unit) => sum + unit[key] ** 2, 0);
  const joint = (sums.length / (sums.length - 1)) * sums.reduce((sum, { above, below }) => sum + above * below, 0);
  const variance =
    spread(withPositive, 'above', positives) / positives +
    spread(withNegative, 'below', negatives) / negatives +
    (2 * joint) / (positives * negatives);
  return { auc, error: Math.sqrt(Math.max(0, variance)) };
}

/** For each positive the share of negatives it scores above, for each negative the share of positives above it; ties count half. */
function computePlacements(scores: Float64Array, isPositive: Uint8Array): Float64Array {
  const { order, endsTie } = rankCases(scores, isPositive);
  const positives = isPositive.reduce((sum, one) => sum + one, 0);
  const negatives = isPositive.length - positives;
  const places = new Float64Array(scores.length);
  let [above, tied] = [{ positives: 0, negatives: 0 }, [] as number[]];
  order.forEach((at, rank) => {
    tied.push(at);
    if (endsTie[rank] === 0) return;
    const inTie = tied.reduce((sum, one) => sum + (isPositive[one] ?? 0), 0);
    const others = tied.length - inTie;
    for (const one of tied)
      places[one] =
        isPositive[one] === 1
          ? (negatives - above.negatives - others / 2) / negatives
          : (above.positives + inTie / 2) / positives;
    above = { positives: above.positives + inTie, negatives: above.negatives + others };
    tied = [];
  });
  return places;
}

interface UnitSums {
  positives: number;
  negatives: number;
  /** Placements of its positives, less what they would be on average. */
  above: number;
  /** The same of its negatives. */
  below: number;
}

function sumByUnit(
  { places, isPositive, units }: Omit<ScoredCases, 'scores'> & { readonly places: Float64Array },
  auc: number,
): readonly UnitSums[] {
  const sums = new Map<number, UnitSums>();
  places.forEach((place, at) => {
    const unit = units[at] ?? 0;
    const known = sums.get(unit) ?? { positives: 0, negatives: 0, above: 0, below: 0 };
    sums.set(unit, known);
    if (isPositive[at] === 1) {
      known.positives++;
      known.above += place - auc;
    } else {
      known.negatives++;
      known.below += place - auc;
    }
  });
  return [...sums.values()];
}

const Z_95 = 1.959963984540054;

/** 95 %: the estimate and 1.96 standard errors to both sides, on the scale of log-odds, so that it stays between 0 and 1. */
export function intervalOfAuc({ auc, error }: AucEstimate): { readonly low: number; readonly high: number } {
  if (error === 0 || auc <= 0 || auc >= 1) return { low: auc, high: auc };
  const center = Math.log(auc / (1 - auc));
  const reach = (Z_95 * error) / (auc * (1 - auc));
  const toShare = (odds: number): number => 1 / (1 + Math.exp(-odds));
  return { low: toShare(center - reach), high: toShare(center + reach) };
}
