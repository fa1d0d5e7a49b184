import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countPairs } from './plain-statistics.ts';
import { computeAuc, computeAveragePrecision, computeRoc, rankCases } from './roc.ts';
import type { RankedCases } from './roc.ts';

/** Scores from few values, so that ties are common, each with its truth. */
const scoredCases = fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.boolean()), { minLength: 1, maxLength: 40 });
const bothKinds = scoredCases.filter((cases) => new Set(cases.map(([, isPositive]) => isPositive)).size === 2);

type ScoredCase = readonly [score: number, isPositive: boolean];

const rank = (cases: readonly ScoredCase[]): RankedCases =>
  rankCases(
    Float64Array.from(cases, ([score]) => score),
    Uint8Array.from(cases, ([, isPositive]) => (isPositive ? 1 : 0)),
  );
const aucOf = (cases: readonly ScoredCase[]): number => computeAuc(rank(cases), new Uint32Array(cases.length).fill(1));
const scoresOf = (cases: readonly ScoredCase[], wanted: boolean): number[] =>
  cases.filter(([, isPositive]) => isPositive === wanted).map(([score]) => score);

const hasPositive = (cases: readonly ScoredCase[]): boolean => scoresOf(cases, true).length > 0;

describe('AUC', () => {
  it('counts pairs, ties half', () => {
    fc.assert(
      fc.property(bothKinds, (cases) => {
        expect(aucOf(cases)).toBe(countPairs(scoresOf(cases, true), scoresOf(cases, false)));
      }),
    );
  });

  it('of weighted cases is that of as many copies', () => {
    const weighted = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean(), fc.nat(3)), { minLength: 1 });
    fc.assert(
      fc.property(weighted, (entries) => {
        const weights = Uint32Array.from(entries, ([, , weight]) => weight);
        const cases = entries.map(([score, isPositive]): ScoredCase => [score, isPositive]);
        const copies = cases.flatMap((entry, index) => Array.from({ length: weights[index] ?? 0 }, () => entry));
        expect(computeAuc(rank(cases), weights)).toBe(aucOf(copies));
      }),
    );
  });

  it('does not change with a rising transform of the scores', () => {
    fc.assert(
      fc.property(bothKinds, (cases) => {
        expect(aucOf(cases.map(([score, isPositive]) => [Math.exp(score / 2) - 7, isPositive]))).toBe(aucOf(cases));
      }),
    );
  });

  it('is mirrored when scores change sign or classes change sides', () => {
    fc.assert(
      fc.property(bothKinds, (cases) => {
        const mirrored = 1 - aucOf(cases);
        expect(aucOf(cases.map(([score, isPositive]) => [-score, isPositive]))).toBeCloseTo(mirrored, 12);
        expect(aucOf(cases.map(([score, isPositive]) => [score, !isPositive]))).toBeCloseTo(mirrored, 12);
      }),
    );
  });

  it('is NaN without positives or without negatives', () => {
    expect(aucOf([[0.5, true]])).toBeNaN();
    expect(aucOf([[0.5, false]])).toBeNaN();
  });

  it('of known small sets', () => {
    expect(aucOf([[0.1, false], [0.4, false], [0.35, true], [0.8, true]])).toBe(0.75); // prettier-ignore
    expect(aucOf([[1, true], [1, false]])).toBe(0.5); // prettier-ignore
  });
});

describe('ROC', () => {
  it('has the AUC as its area', () => {
    fc.assert(
      fc.property(bothKinds, (cases) => {
        const points = computeRoc(rank(cases));
        const area = points.slice(1).reduce((sum, { fpr, tpr }, index) => {
          const before = points[index] ?? { fpr: 0, tpr: 0 };
          return sum + ((fpr - before.fpr) * (tpr + before.tpr)) / 2;
        }, 0);
        expect(area).toBeCloseTo(aucOf(cases), 12);
      }),
    );
  });

  it('tells at each score the share of each kind that reaches it', () => {
    fc.assert(
      fc.property(bothKinds, (cases) => {
        const [positives, negatives] = [scoresOf(cases, true), scoresOf(cases, false)];
        const thresholds = [...new Set(cases.map(([score]) => score))].sort((a, b) => b - a);
        const shareOf = (scores: number[], threshold: number): number =>
          scores.filter((score) => score >= threshold).length / scores.length;
        expect(computeRoc(rank(cases))).toEqual([
          { threshold: null, fpr: 0, tpr: 0 },
          ...thresholds.map((threshold) => ({
            threshold,
            fpr: shareOf(negatives, threshold),
            tpr: shareOf(positives, threshold),
          })),
        ]);
      }),
    );
  });

  it('is empty where there is no curve', () => {
    expect(computeRoc(rank([[0.5, true]]))).toEqual([]);
    expect(computeRoc(rank([[0.5, false]]))).toEqual([]);
  });
});

describe('average precision', () => {
  it('is the mean precision at the positives where no scores are equal', () => {
    const distinct = fc.uniqueArray(fc.tuple(fc.integer(), fc.boolean()), {
      selector: ([score]) => score,
      minLength: 1,
    });
    fc.assert(
      fc.property(distinct.filter(hasPositive), (cases) => {
        const sorted = cases.toSorted(([a], [b]) => b - a);
        const precisions = sorted.flatMap(([, isPositive], index) =>
          isPositive ? [scoresOf(sorted.slice(0, index + 1), true).length / (index + 1)] : [],
        );
        const mean = precisions.reduce((sum, precision) => sum + precision, 0) / precisions.length;
        expect(computeAveragePrecision(rank(cases))).toBeCloseTo(mean, 12);
      }),
    );
  });

  it('is the prevalence where all scores are equal', () => {
    expect(computeAveragePrecision(rank([[1, true], [1, false], [1, false], [1, false]]))).toBe(0.25); // prettier-ignore
  });
});
