import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandomWords } from '#shared/random-words.ts';
import type { EvaluationCase } from './evaluation-case.ts';
import { evaluate } from './evaluate.ts';
import type { EvaluationIntervals } from './evaluation.ts';
import { patientCases, thirtyCases, threeLabels } from './hand-made-cases.ts';
import type { Interval } from './interval.ts';
import { plainAccuracy, plainAuc, plainSensitivity, plainSpecificity } from './plain-statistics.ts';
import { drawWeights, findResamplingUnits } from './resampling-units.ts';

const RESAMPLES = 200;

const intervalsOf = (cases: readonly EvaluationCase[], seed = 3): EvaluationIntervals => {
  const { intervals } = evaluate(cases, { labels: threeLabels, bootstrap: { resamples: RESAMPLES, seed } });
  if (!intervals) throw new Error('no intervals');
  return intervals;
};

/** The resampled sets themselves, with the same draws. */
function resampleCases(cases: readonly EvaluationCase[], seed = 3): EvaluationCase[][] {
  const units = findResamplingUnits(cases);
  const draw = createRandomWords(`bootstrap ${seed}`);
  return Array.from({ length: RESAMPLES }, () => {
    const weights = drawWeights(units, draw);
    return cases.flatMap((entry, index) => Array.from({ length: weights[index] ?? 0 }, () => entry));
  });
}

/** Ends by walking up the sorted values, undefined ones left out. */
function plainInterval(values: readonly number[]): Interval | undefined {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [below = NaN, above = below] = sorted.slice(Math.floor(place));
    return below * (1 - (place % 1)) + above * (place % 1);
  };
  return sorted.length === 0 ? undefined : { low: at(0.025), high: at(0.975), draws: sorted.length };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function expectInterval(actual: Interval | undefined, values: readonly number[]): void {
  const expected = plainInterval(values);
  expect(actual?.draws).toBe(expected?.draws);
  expect(actual?.low).toBeCloseTo(expected?.low ?? NaN, 12);
  expect(actual?.high).toBeCloseTo(expected?.high ?? NaN, 12);
}

describe.each([
  ['cases', thirtyCases],
  ['patients', patientCases],
  ['few cases, where classes vanish', thirtyCases.slice(0, 8)],
])('intervals over %s', (_, cases) => {
  const intervals = intervalsOf(cases);
  const resamples = resampleCases(cases);

  it('are those of the resampled sets themselves', () => {
    expectInterval(intervals.accuracy, resamples.map(plainAccuracy));
    const aucs = threeLabels.map((__, label) => resamples.map((set) => plainAuc(set, label)));
    expectInterval(intervals.meanAuc, resamples.map((__, at) => mean(aucs.map((values) => values[at] ?? NaN)))); // prettier-ignore
    threeLabels.forEach((__, label) => {
      const one = intervals.classes[label];
      const sensitivities = resamples.map((set) => plainSensitivity(set, label));
      expectInterval(one?.auc, aucs[label] ?? []);
      expectInterval(one?.sensitivity, sensitivities);
      expectInterval(one?.specificity, resamples.map((set) => plainSpecificity(set, label))); // prettier-ignore
    });
    expectInterval(
      intervals.balancedAccuracy,
      resamples.map((set) => mean(threeLabels.map((__, label) => plainSensitivity(set, label)))),
    );
  });
});

it('a class that vanishes from resamples is left out of its interval, with a warning', () => {
  const { intervals, warnings } = evaluate(thirtyCases.slice(0, 8), {
    labels: threeLabels,
    bootstrap: { resamples: 500 },
  });
  const draws = intervals?.classes[0]?.auc?.draws ?? 0;
  // One of eight cases stays out of a resample in about a third of them: (7/8)^8.
  expect(draws / 500).toBeGreaterThan(0.55);
  expect(draws / 500).toBeLessThan(0.75);
  expect(intervals?.meanAuc?.draws).toBeLessThan(draws);
  expect(intervals?.accuracy?.draws).toBe(500);
  expect(warnings.join()).toContain(`left out of its interval and the mean's: 'COVID-19' (${500 - draws})`);
});

it('a class no case has gets no interval', () => {
  const { intervals } = evaluate(
    thirtyCases.filter(({ truth }) => truth !== 0),
    { labels: threeLabels, bootstrap: { resamples: 20 } },
  );
  expect(intervals?.classes[0]).toMatchObject({ auc: undefined, sensitivity: undefined });
  expect(intervals?.classes[0]?.specificity?.draws).toBe(20);
  expect(intervals?.meanAuc?.draws).toBe(20);
});

it('a perfect ranking is said to have an interval without width', () => {
  const cases = Array.from({ length: 20 }, (_, id) => ({
    id: String(id),
    truth: id % 2,
    probabilities: id % 2 === 0 ? [0.9, 0.1] : [0.2, 0.8],
  }));
  const { warnings } = evaluate(cases, { labels: ['a', 'b'], bootstrap: { resamples: 50 } });
  const flat = ['a', 'b'].map((label) => `AUC, sensitivity, specificity of '${label}'`).join('; ');
  expect(warnings).toContain(`The same in every resample, so that the interval understates the doubt: ${flat}.`);
});

it('the same seed gives the same, another seed something else', () => {
  expect(intervalsOf(thirtyCases)).toEqual(intervalsOf(thirtyCases));
  expect(intervalsOf(thirtyCases, 4).meanAuc).not.toEqual(intervalsOf(thirtyCases).meanAuc);
});

it('says what was drawn', () => {
  expect(intervalsOf(patientCases)).toMatchObject({ unit: 'patient', resamples: RESAMPLES, seed: 3, level: 0.95 });
  expect(intervalsOf(thirtyCases)).toMatchObject({ unit: 'case', units: 30 });
  const { warnings } = evaluate(patientCases, { labels: threeLabels, bootstrap: { resamples: 5 } });
  expect(warnings).toContain('No patient is named for 3 cases: each counts as a patient of its own.');
});

it.each([0, 1.5, -3, NaN, 100_001])('refuses %s resamples', (resamples) => {
  const run = (): unknown => evaluate(thirtyCases, { labels: threeLabels, bootstrap: { resamples } });
  expect(run).toThrow(/number of resamples/);
});

describe('resampling units', () => {
  const owners = fc.array(fc.option(fc.constantFrom('p', 'q', 'r', '__proto__'), { nil: undefined }), { minLength: 1 });

  it('keep the cases of a patient together and count every unit once', () => {
    fc.assert(
      fc.property(owners, (patients) => {
        const units = findResamplingUnits(
          patients.map((patient, index) => ({ id: String(index), truth: 0, probabilities: [], patient })),
        );
        const alone = patients.filter((patient) => patient === undefined).length;
        const named = new Set(patients.filter((patient) => patient !== undefined));
        expect(units.count).toBe(alone + named.size);
        expect(new Set(units.unitOf).size).toBe(units.count);
        patients.forEach((patient, index) => {
          const together = patients.flatMap((other, at) =>
            at === index || (patient !== undefined && other === patient) ? [units.unitOf[at]] : [],
          );
          expect(new Set(together).size).toBe(1);
        });
      }),
    );
  });

  it('are drawn as often as there are units, each about equally often', () => {
    const cases = Array.from({ length: 50 }, (_, index) => ({ id: String(index), truth: 0, probabilities: [] }));
    const units = findResamplingUnits(cases);
    const draw = createRandomWords('even');
    const totals = new Float64Array(50);
    for (let round = 0; round < 2000; round++) {
      const weights = drawWeights(units, draw);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(50);
      weights.forEach((weight, index) => (totals[index] = (totals[index] ?? 0) + weight));
    }
    // Binomial with mean 2,000 and deviation 44; five deviations.
    expect(Math.min(...totals)).toBeGreaterThan(1780);
    expect(Math.max(...totals)).toBeLessThan(2220);
  });
});
