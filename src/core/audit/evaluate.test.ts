import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import type { EvaluationCase } from './evaluation-case.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { thirtyCases, threeLabels } from './hand-made-cases.ts';

const plain = (cases: readonly EvaluationCase[], labels: readonly string[] = threeLabels): Evaluation =>
  evaluate(cases, { labels, bootstrap: false });

const one = (truth: number, ...probabilities: number[]): EvaluationCase => ({
  id: `${truth} ${probabilities.join(' ')}`,
  truth,
  probabilities,
});

describe('thirty cases', () => {
  const evaluation = plain(thirtyCases);
  const { classes, calibration } = evaluation;

  // Computed once with scikit-learn 1.9.1 on the same numbers.
  it('agree with scikit-learn', () => {
    expect(evaluation.accuracy).toBeCloseTo(0.6, 12);
    expect(evaluation.balancedAccuracy).toBeCloseTo(0.625, 12);
    expect(evaluation.meanAuc).toBeCloseTo(0.8293490460157127, 12);
    expect(evaluation.confusion).toEqual([
      [5, 3, 2],
      [0, 7, 1],
      [3, 3, 6],
    ]);
    const expected = [
      { auc: 0.7875, averagePrecision: 0.6097186147186147, sensitivity: 0.5, specificity: 0.85 },
      {
        auc: 0.9204545454545455,
        averagePrecision: 0.8517857142857143,
        sensitivity: 0.875,
        specificity: 0.7272727272727273,
      },
      {
        auc: 0.7800925925925927,
        averagePrecision: 0.7201505602240895,
        sensitivity: 0.5,
        specificity: 0.8333333333333334,
      },
    ];
    expected.forEach((numbers, index) => {
      for (const [name, value] of Object.entries(numbers)) {
        expect(classes[index]?.[name as keyof typeof numbers], `${index} ${name}`).toBeCloseTo(value, 12);
      }
    });
    expect(calibration.brier).toBeCloseTo(0.5173333333333333, 12);
  });

  it('have the curve that scikit-learn draws', () => {
    const falseAlarms = [0, 0, 0, 0, 1, 2, 3, 5, 6, 7, 9, 12, 14, 17, 19, 22];
    const hits = [0, 1, 3, 4, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8];
    const thresholds = [null, 19, 18, 16, 15, 14, 13, 12, 10, 9, 8, 7, 5, 3, 2, 1];
    const curve = thresholds.map((threshold, index) => ({
      threshold: threshold === null ? null : threshold / 20,
      fpr: (falseAlarms[index] ?? 0) / 22,
      tpr: (hits[index] ?? 0) / 8,
    }));
    expect(classes[1]?.roc).toEqual(curve);
  });

  it('give the same in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...thirtyCases], { minLength: 30 }), (shuffled) => {
        const again = plain(shuffled);
        const { calibration: shuffledCalibration } = again;
        // Sums of floating-point numbers depend on their order in the last digit.
        expect({ ...again, calibration }).toEqual(evaluation);
        expect(shuffledCalibration.brier).toBeCloseTo(calibration.brier, 12);
        expect(shuffledCalibration.equalWidth.ece).toBeCloseTo(calibration.equalWidth.ece, 12);
        expect(shuffledCalibration.equalMass.bins.map(({ count }) => count)).toEqual(
          calibration.equalMass.bins.map(({ count }) => count),
        );
      }),
      { numRuns: 20 },
    );
  });
});

describe('what is not defined', () => {
  it('has no number, and a warning names the class', () => {
    const { classes, meanAuc, balancedAccuracy, warnings } = plain([
      one(0, 0.7, 0.2, 0.1),
      one(0, 0.4, 0.5, 0.1),
      one(1, 0.3, 0.6, 0.1),
    ]);
    expect(classes[2]).toMatchObject({ auc: undefined, averagePrecision: undefined, sensitivity: undefined, roc: [] });
    expect(classes[2]?.specificity).toBe(1);
    expect(meanAuc).toBe(1);
    expect(balancedAccuracy).toBe(0.75);
    expect(warnings).toContain("No case, so neither AUC nor sensitivity: 'Normal'.");
  });

  it('leaves a set of one class its accuracy', () => {
    const { accuracy, meanAuc, classes, warnings } = plain([one(1, 0.2, 0.8, 0), one(1, 0.9, 0.1, 0)]);
    expect({ accuracy, meanAuc, specificity: classes[1]?.specificity }).toEqual({
      accuracy: 0.5,
      meanAuc: undefined,
      specificity: undefined,
    });
    expect(warnings).toContain("No case of another class, so neither AUC nor specificity: 'Non-COVID'.");
  });
});

describe('warnings', () => {
  it('are none for sound cases in number', () => {
    const cases = Array.from({ length: 40 }, (_, index) => ({ ...one(index % 2, 0.5, 0.5), id: String(index) }));
    expect(plain(cases, ['a', 'b']).warnings).toEqual([]);
  });

  it('name few cases, uneven sums and impossible truths', () => {
    expect(plain([one(0, 0, 0.9), one(1, 0.5, 0.5)], ['a', 'b']).warnings).toEqual([
      "Fewer than 10 cases: 'a' (1), 'b' (1).",
      'In 1 case the probabilities do not sum to 1.',
      'In 1 case the true class has the probability 0, counted as 2.2e-16 in the log-likelihood.',
    ]);
  });
});

it('names five classes and counts the rest', () => {
  const labels = Array.from({ length: 8 }, (_, index) => `c${index}`);
  const { warnings } = plain([one(0, 1, 0, 0, 0, 0, 0, 0, 0), one(1, 0, 1, 0, 0, 0, 0, 0, 0)], labels);
  expect(warnings).toContain("No case, so neither AUC nor sensitivity: 'c2', 'c3', 'c4', 'c5', 'c6' and 1 more.");
});

it('takes 1 and a rounding error for 1', () => {
  const { calibration } = plain([one(0, 1.0000001, 0)], ['a', 'b']);
  expect(calibration.meanConfidence).toBe(1);
});

describe('refuses', () => {
  const sound = one(0, 0.5, 0.5);
  it.each([
    ['no case', { cases: [], labels: ['a', 'b'] }, /no case/],
    ['one class', { cases: [one(0, 1)], labels: ['a'] }, /at least two classes/],
    ['a label twice', { cases: [sound], labels: ['a', 'a'] }, /Two classes are called 'a'/],
    ['NaN', { cases: [one(0, NaN, 1)], labels: ['a', 'b'] }, /Case 1 has the probability NaN for 'a'/],
    [
      'infinity',
      { cases: [sound, one(0, 0, Infinity)], labels: ['a', 'b'] },
      /Case 2 has the probability Infinity for 'b'/,
    ],
    ['a logit', { cases: [one(0, -2, 3)], labels: ['a', 'b'] }, /must be 0 to 1/],
    ['a missing probability', { cases: [one(0, 1)], labels: ['a', 'b'] }, /1 probabilities for 2 classes/],
    ['a class that is not there', { cases: [one(2, 0.5, 0.5)], labels: ['a', 'b'] }, /class index 2/],
    ['half a class', { cases: [one(0.5, 0.5, 0.5)], labels: ['a', 'b'] }, /class index 0.5/],
    ['a case twice', { cases: [sound, one(1, 0, 1), sound], labels: ['a', 'b'] }, /Case 3 repeats the id of case 1/],
  ])('%s', (_, { cases, labels }, sentence) => {
    const run = (): Evaluation => plain(cases, labels);
    expect(run).toThrow(LightboxError);
    expect(run).toThrow(expect.objectContaining({ code: 'request/invalid' }));
    expect(run).toThrow(sentence);
  });

  it('ids in sentences', () => {
    const named = { ...sound, id: 'Doe^Jane.png' };
    expect(() => plain([named, named], ['a', 'b'])).toThrow(/^Case 2 repeats the id of case 1; give each case once.$/);
  });

  it.each([0, 1.5, NaN, 1001])('%s bins', (bins) => {
    expect(() => evaluate([sound], { labels: ['a', 'b'], bootstrap: false, bins })).toThrow(/number of bins/);
  });
});
