import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustTests } from '../causal/adjust-tests.ts';
import { countPairs } from '../plain-statistics.ts';
import { computeClusteredAuc, intervalOfAuc } from './clustered-auc.ts';
import { computeLabelAssociation } from './label-association.ts';
import { fitLogistic, scoreRows } from './logistic-regression.ts';
import { makeCases } from './hand-made-features.ts';

const cases = fc.array(fc.record({ score: fc.integer({ min: 0, max: 6 }), is: fc.boolean(), unit: fc.nat(5) }), { minLength: 8, maxLength: 30 }); // prettier-ignore

interface Case {
  readonly score: number;
  readonly is: boolean;
  readonly unit: number;
}

const kernel = (positive: Case, negative: Case): number =>
  positive.score > negative.score ? 1 : positive.score === negative.score ? 0.5 : 0;

/** Obuchowski's formulas as they stand in the paper, pair by pair. */
function plainVariance(all: readonly Case[]): { readonly auc: number; readonly variance: number } {
  const [positives, negatives] = [all.filter(({ is }) => is), all.filter(({ is }) => !is)];
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
  const auc = mean(positives.flatMap((positive) => negatives.map((negative) => kernel(positive, negative))));
  const units = [...new Set(all.map(({ unit }) => unit))].map((unit) => {
    const [own, others] = [positives.filter((one) => one.unit === unit), negatives.filter((one) => one.unit === unit)];
    const above = own.reduce((sum, one) => sum + mean(negatives.map((negative) => kernel(one, negative))), 0);
    const below = others.reduce((sum, one) => sum + mean(positives.map((positive) => kernel(positive, one))), 0);
    return { m: own.length, n: others.length, above: above - own.length * auc, below: below - others.length * auc };
  });
  const [x, y] = [units.filter(({ m }) => m > 0), units.filter(({ n }) => n > 0)];
  const [M, N] = [positives.length, negatives.length];
  const sum = (values: readonly number[]): number => values.reduce((all_, one) => all_ + one, 0);
  const s10 = (x.length / ((x.length - 1) * M)) * sum(x.map(({ above }) => above ** 2));
  const s01 = (y.length / ((y.length - 1) * N)) * sum(y.map(({ below }) => below ** 2));
  const s11 = (units.length / (units.length - 1)) * sum(units.map(({ above, below }) => above * below));
  return { auc, variance: s10 / M + s01 / N + (2 * s11) / (M * N) };
}

describe('AUC of cases that belong together', () => {
  it('and its variance are those of the paper, pair by pair', () => {
    fc.assert(
      fc.property(cases, (all) => {
        const found = computeClusteredAuc({
          scores: Float64Array.from(all, ({ score }) => score),
          isPositive: Uint8Array.from(all, ({ is }) => Number(is)),
          units: Uint32Array.from(all, ({ unit }) => unit),
        });
        const withEither = [true, false].map((is) => new Set(all.filter((one) => one.is === is).map(({ unit }) => unit)).size); // prettier-ignore
        if (Math.min(...withEither) < 2) {
          expect(found).toBeUndefined();
          return;
        }
        const { auc, variance } = plainVariance(all);
        expect(found?.auc).toBeCloseTo(auc, 10);
        expect(found?.auc).toBeCloseTo(countPairs(all.flatMap(({ is, score }) => (is ? [score] : [])), all.flatMap(({ is, score }) => (is ? [] : [score]))), 10); // prettier-ignore
        expect((found?.error ?? NaN) ** 2).toBeCloseTo(Math.max(0, variance), 10);
      }),
    );
  });

  it('its interval has the truth inside in 95 of 100', () => {
    // Positives lie 1 higher among uniform numbers on 0..2: the truth is 1 - 1/8.
    const hits = Array.from({ length: 400 }, (_, seed) => {
      const { draw, isPositive, units } = makeCases(120, seed);
      const scores = Float64Array.from(isPositive, (is) => 2 * draw() + is);
      const { low, high } = intervalOfAuc(computeClusteredAuc({ scores, isPositive, units }) ?? { auc: NaN, error: 0 });
      return low <= 0.875 && 0.875 <= high;
    }).filter(Boolean).length;
    expect(hits).toBeGreaterThan(368);
    expect(hits).toBeLessThan(396);
  });
});

describe('logistic regression', () => {
  const values = [0.5, 1.2, 1.5, -0.3, -0.7, 0.8, 2.1, 0.1, -1.2, -0.9, 0.3, 0.4, -0.4, 1.9, 1.1, -1.4];
  const design = { rows: 8, columns: 2, values: Float64Array.from(values) };
  const isPositive = Uint8Array.of(1, 1, 0, 1, 0, 0, 1, 0);

  it('agrees with minimising by SciPy 1.17', () => {
    const { intercept, coefficients } = fitLogistic(design, isPositive, 1);
    expect(intercept).toBeCloseTo(-0.6385448850790072, 7);
    expect(coefficients[0]).toBeCloseTo(0.9029474149842712, 7);
    expect(coefficients[1]).toBeCloseTo(0.8840671722605598, 7);
  });

  it('without a penalty, of one column of 0 and 1, is the logarithm of the odds ratio', () => {
    // 12 of 20 with it are positive, 5 of 30 without.
    const column = Float64Array.from({ length: 50 }, (_, at) => Number(at < 20));
    const outcomes = Uint8Array.from({ length: 50 }, (_, at) => Number(at < 12 || (at >= 20 && at < 25)));
    const { intercept, coefficients } = fitLogistic({ rows: 50, columns: 1, values: column }, outcomes, 0);
    expect(intercept).toBeCloseTo(Math.log(5 / 25), 5);
    expect(coefficients[0]).toBeCloseTo(Math.log(12 / 8 / (5 / 25)), 5);
  });

  it('is at rest: no small step makes it better', () => {
    const { intercept, coefficients } = fitLogistic(design, isPositive, 0.3);
    const gradient = [0, 0];
    const shares = scoreRows(design, { intercept, coefficients, rounds: 0 }).map((score) => 1 / (1 + Math.exp(-score)));
    shares.forEach((share, row) => {
      for (const at of [0, 1])
        gradient[at] = (gradient[at] ?? 0) + ((isPositive[row] ?? 0) - share) * (design.values[2 * row + at] ?? 0);
    });
    gradient.forEach((one, at) => {
      expect(one).toBeCloseTo(0.3 * (coefficients[at] ?? NaN), 5);
    });
  });

  it('stays finite where classes can be divided without fault', () => {
    const column = Float64Array.of(-3, -2, -1, 1, 2, 3);
    const { coefficients, rounds } = fitLogistic(
      { rows: 6, columns: 1, values: column },
      Uint8Array.of(0, 0, 0, 1, 1, 1),
      1e-3,
    );
    expect(coefficients[0]).toBeGreaterThan(2);
    expect(coefficients[0]).toBeLessThan(50);
    expect(rounds).toBeLessThan(50);
  });
});

describe('how a mark goes with the label', () => {
  it('agrees with SciPy 1.17 and with the formula', () => {
    const found = computeLabelAssociation({ markedOfClass: 45, ofClass: 100, markedOfRest: 30, ofRest: 200 });
    expect(found.oddsRatio).toBeCloseTo(4.5829271894845665, 10);
    expect(found.interval.low).toBeCloseTo(2.6450252365595666, 10);
    expect(found.interval.high).toBeCloseTo(7.94065074835966, 10);
    expect(found.cramersV).toBeCloseTo(0.32659863237109044, 12);
    expect(found.pValue / 1.5417257900280013e-8).toBeCloseTo(1, 9);
    const weak = computeLabelAssociation({ markedOfClass: 36, ofClass: 100, markedOfRest: 31, ofRest: 100 });
    expect(weak.pValue).toBeCloseTo(0.4538156640747123, 12);
  });

  it('is nothing where every case is marked, and finite where no other is', () => {
    expect(computeLabelAssociation({ markedOfClass: 9, ofClass: 9, markedOfRest: 7, ofRest: 7 })).toMatchObject({ cramersV: 0, pValue: 1 }); // prettier-ignore
    const { oddsRatio } = computeLabelAssociation({ markedOfClass: 9, ofClass: 9, markedOfRest: 0, ofRest: 7 });
    expect(oddsRatio).toBeCloseTo(((9.5 * 7.5) / 0.5) * 2, 9);
  });

  it('discovery rates agree with SciPy 1.17', () => {
    const adjusted = adjustTests([0.01, 0.04, 0.03, 0.005, 0.2, 0.5]);
    [0.03, 0.06, 0.06, 0.03, 0.24, 0.5].forEach((rate, at) => {
      expect(adjusted[at]).toBeCloseTo(rate, 12);
    });
  });
});
