/** A classifier that calls positive whatever scores at least `threshold`. */
export interface RocPoint {
  /** `null` for the first point, where nothing is called positive. */
  readonly threshold: number | null;
  /** False positives / negatives. */
  readonly fpr: number;
  /** True positives / positives. */
  readonly tpr: number;
}

/** Cases of one class and of the others, by falling score of that class. */
export interface RankedCases {
  /** In the order of the cases; any finite numbers. */
  readonly scores: Float64Array;
  /** 1 for a positive, in the order of the cases. */
  readonly isPositive: Uint8Array;
  /** Index of the case at each rank. */
  readonly order: Uint32Array;
  /** 1 at the last rank of a run of equal scores. */
  readonly endsTie: Uint8Array;
}

export function rankCases(scores: Float64Array, isPositive: Uint8Array): RankedCases {
  const scoreOf = (index: number | undefined): number => scores[index ?? 0] ?? 0;
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scoreOf(b) - scoreOf(a) || a - b);
  const endsTie = Uint8Array.from(order, (at, rank) =>
    rank === order.length - 1 || scoreOf(at) !== scoreOf(order[rank + 1]) ? 1 : 0,
  );
  return { scores, isPositive, order, endsTie };
}

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties counting half (Mann and Whitney,
 * 1947; Hanley and McNeil, 1982). Equals the trapezoids under the curve.
 * @param weights how often each case counts, in the order of the cases.
 * @returns NaN without positives or without negatives.
 */
export function computeAuc({ order, endsTie, isPositive }: RankedCases, weights: Uint32Array): number {
  let [positives, negatives, wins] = [0, 0, 0];
  let [tiedPositives, tiedNegatives] = [0, 0];
  for (let rank = 0; rank < order.length; rank++) {
    const at = order[rank] ?? 0;
    const weight = weights[at] ?? 0;
    if (isPositive[at] === 1) tiedPositives += weight;
    else tiedNegatives += weight;
    if (endsTie[rank] === 0) continue;
    wins += tiedNegatives * (positives + tiedPositives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
    tiedPositives = tiedNegatives = 0;
  }
  return wins / (positives * negatives);
}

interface ThresholdCount {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** Counts at each score that occurs, from the highest. */
function countAtThresholds({ scores, isPositive, order, endsTie }: RankedCases): ThresholdCount[] {
  const counts: ThresholdCount[] = [];
  let [truePositives, falsePositives] = [0, 0];
  order.forEach((at, rank) => {
    if (isPositive[at] === 1) truePositives++;
    else falsePositives++;
    if (endsTie[rank] === 1) counts.push({ threshold: scores[at] ?? 0, truePositives, falsePositives });
  });
  return counts;
}

/** One point for each score that occurs, after (0, 0); empty without positives or without negatives. */
export function computeRoc(cases: RankedCases): RocPoint[] {
  const counts = countAtThresholds(cases);
  const { truePositives: positives = 0, falsePositives: negatives = 0 } = counts.at(-1) ?? {};
  if (positives === 0 || negatives === 0) return [];
  return [
    { threshold: null, fpr: 0, tpr: 0 },
    ...counts.map(({ threshold, truePositives, falsePositives }) => ({
      threshold,
      fpr: falsePositives / negatives,
      tpr: truePositives / positives,
    })),
  ];
}

/**
 * Average precision: the precision at each score that occurs, weighted by the recall gained there. No interpolation.
 * @returns NaN without positives.
 */
export function computeAveragePrecision(cases: RankedCases): number {
  const counts = countAtThresholds(cases);
  let [sum, found] = [0, 0];
  for (const { truePositives, falsePositives } of counts) {
    sum += ((truePositives - found) * truePositives) / (truePositives + falsePositives);
    found = truePositives;
  }
  return sum / found;
}
