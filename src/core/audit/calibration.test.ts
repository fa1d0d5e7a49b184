import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeCalibration } from './calibration.ts';
import type { Calibration } from './calibration.ts';
import type { EvaluationCase } from './evaluation-case.ts';
import { thirtyCases, threeLabels } from './hand-made-cases.ts';
import { computePercentileInterval, computeWilsonInterval } from './interval.ts';
import { readScoreTable } from './score-table.ts';

const calibrate = (cases: readonly EvaluationCase[], bins: number): Calibration =>
  computeCalibration(readScoreTable(cases, threeLabels), bins);

const anyCases = fc.array(
  fc.tuple(fc.nat(2), fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 })),
  { minLength: 1, maxLength: 60 },
);
const casesOf = (entries: readonly (readonly [number, readonly number[]])[]): EvaluationCase[] =>
  entries.map(([truth, weights], index) => ({
    id: String(index),
    truth,
    probabilities: weights.map((weight) => weight / 20),
  }));

/** Walks the cases for each bin. */
function plainError(cases: readonly EvaluationCase[], edges: readonly number[]): number {
  return edges.reduce((sum, high, bin) => {
    const low = edges[bin - 1] ?? -1;
    const inside = cases
      .map(({ truth, probabilities }) => {
        const confidence = Math.max(...Array.from(probabilities));
        return { confidence, isRight: Array.from(probabilities).indexOf(confidence) === truth };
      })
      .filter(({ confidence }) => confidence > low && confidence <= high);
    const right = inside.filter(({ isRight }) => isRight).length;
    const confidence = inside.reduce((total, one) => total + one.confidence, 0);
    return sum + Math.abs(confidence - right) / cases.length;
  }, 0);
}

describe('calibration', () => {
  it('of the thirty cases agrees with scikit-learn and NumPy', () => {
    const { meanConfidence, equalWidth, brier } = calibrate(thirtyCases, 15);
    expect(meanConfidence).toBeCloseTo(0.645, 12);
    expect(equalWidth.ece).toBeCloseTo(0.165, 12);
    expect(brier).toBeCloseTo(0.5173333333333333, 12);
    // No case there gives its truth the probability 0.
    expect(calibrate(thirtyCases, 15).negativeLogLikelihood).toBeCloseTo(0.876217521562268, 12);
  });

  it('sums over bins what a walk over the cases finds', () => {
    fc.assert(
      fc.property(anyCases, fc.integer({ min: 1, max: 20 }), (entries, bins) => {
        const cases = casesOf(entries);
        const { equalWidth, equalMass } = calibrate(cases, bins);
        for (const { bins: found, ece } of [equalWidth, equalMass]) {
          expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(cases.length);
          const edges = found.map(({ high }) => high);
          expect(ece).toBeCloseTo(plainError(cases, edges), 12);
        }
        expect(equalWidth.bins.length).toBe(bins);
      }),
    );
  });

  it('spreads different confidences evenly over bins of equal mass', () => {
    const cases = Array.from({ length: 100 }, (_, index) => ({
      id: String(index),
      truth: 0,
      probabilities: [0.5 + index / 300, 0, 0],
    }));
    expect(calibrate(cases, 10).equalMass.bins.map(({ count }) => count)).toEqual(Array(10).fill(10));
  });

  it('keeps equal confidences in one bin', () => {
    const cases = Array.from({ length: 30 }, (_, index) => ({
      id: String(index),
      truth: index % 3,
      probabilities: index < 25 ? [0.8, 0.1, 0.1] : [0.9, 0.05, 0.05],
    }));
    expect(calibrate(cases, 5).equalMass.bins.filter(({ count }) => count > 0).map(({ count }) => count)).toEqual([25, 5]); // prettier-ignore
  });

  it('stays finite where a truth has the probability 0', () => {
    const { negativeLogLikelihood, brier } = calibrate([{ id: 'x', truth: 0, probabilities: [0, 1, 0] }], 15);
    expect(negativeLogLikelihood).toBeCloseTo(52 * Math.LN2, 12);
    expect(brier).toBe(2);
  });
});

describe('intervals', () => {
  // SciPy 1.17: binomtest(k, n).proportion_ci(method='wilson').
  it.each([
    [7, 9, { low: 0.4525889691069889, high: 0.9367748928821533 }],
    [0, 3, { low: 0, high: 0.5614970317550454 }],
  ])('Wilson of %i in %i', (successes, trials, expected) => {
    const interval = computeWilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(expected.low, 9);
    expect(interval.high).toBeCloseTo(expected.high, 9);
  });

  // NumPy: quantile([3, 1, 4, 1, 5, 9, 2, 6], [0.025, 0.975]).
  it('percentiles interpolate as NumPy does', () => {
    const interval = computePercentileInterval(Float64Array.of(3, 1, 4, NaN, 1, 5, 9, 2, 6), 0.95);
    expect(interval).toMatchObject({ draws: 8, low: 1 });
    expect(interval?.high).toBeCloseTo(8.475, 12);
    expect(computePercentileInterval(Float64Array.of(NaN), 0.95)).toBeUndefined();
  });
});
