import { describe, expect, it } from 'vitest';
import { auditLabel, type AuditedAuc } from './audit-label.ts';
import { dealFolds, FOLDS, shuffle } from './folds.ts';
import { ask, category, makeCases, number } from './hand-made-features.ts';
import { listColumns } from './design-columns.ts';
import { sampleCases } from './sample-cases.ts';

const aucOf = (result: AuditedAuc | undefined): number => (result && 'auc' in result ? result.auc : NaN);
const covers = (result: AuditedAuc | undefined, value: number): boolean =>
  result !== undefined && 'auc' in result && result.interval.low <= value && value <= result.interval.high;

describe('a feature that tells the class', () => {
  const cases = makeCases(300, 2);
  const ring = number(
    'ring',
    Array.from(cases.isPositive, (is) => is + 0.05 * cases.draw()),
  );
  const noise = number(
    'noise',
    Array.from(cases.isPositive, () => cases.draw()),
  );
  const view = category(
    'view',
    Array.from(cases.isPositive, (is) => (cases.draw() < (is === 1 ? 0.9 : 0.2) ? 'AP' : 'PA')),
  );
  const audit = auditLabel(ask(cases, [ring, noise, view]));

  it('has an AUC of 1 alone and with others', () => {
    expect(aucOf(audit.features[0]?.result)).toBe(1);
    expect(aucOf(audit.together)).toBeGreaterThan(0.99);
    expect(audit.coefficients[0]?.name).toBe('ring');
  });

  it('a view that goes with the class tells it too, and noise does not', () => {
    // 0.9 of the class and 0.2 of the rest are AP: 0.9 · 0.8 + (0.9 · 0.2 + 0.1 · 0.8) / 2.
    expect(aucOf(audit.features[2]?.result)).toBeCloseTo(0.85, 1);
    expect(covers(audit.features[1]?.result, 0.5)).toBe(true);
  });

  it('is the same from one time to the next', () => {
    expect(auditLabel(ask(cases, [ring, noise, view]))).toEqual(audit);
  });
});

it('shuffled labels give intervals that have 0.5 inside, in 95 of 100', () => {
  const results = Array.from({ length: 60 }, (_, seed) => {
    const cases = makeCases(150, seed);
    const isPositive = Uint8Array.from(shuffle([...cases.isPositive], () => cases.draw() * 2 ** 32));
    const features = [number('a', cases.units.map(() => 1000 * cases.draw())), category('b', Array.from(cases.units, () => 'xyz'[Math.floor(3 * cases.draw())] ?? 'x'))]; // prettier-ignore
    const { together, features: alone } = auditLabel(ask({ ...cases, isPositive }, features));
    return [together, ...alone.map(({ result }) => result)];
  }).flat();
  const share = results.filter((result) => covers(result, 0.5)).length / results.length;
  const mean = results.reduce((sum, result) => sum + aucOf(result), 0) / results.length;
  expect(share).toBeGreaterThan(0.92);
  expect(mean).toBeGreaterThan(0.48);
  expect(mean).toBeLessThan(0.52);
});

describe('what cannot be told', () => {
  const cases = makeCases(90, 3);

  it('is said of a feature that is the same everywhere, and of too few cases', () => {
    const even = auditLabel(ask(cases, [number('same', cases.units.map(() => 7)), category('none', Array.from(cases.units, () => ''))])); // prettier-ignore
    expect([...even.features.map(({ result }) => result), even.together]).toEqual(
      Array(3).fill({ undefinedBecause: 'all cases have the same' }),
    );
    const few = makeCases(40, 3, 8);
    const audit = auditLabel(ask(few, [number('a', few.units)]));
    expect(audit).toMatchObject({ positives: 5, rest: 35, coefficients: [] });
    expect(audit.together).toHaveProperty('undefinedBecause');
  });

  it('numbers that are not known take no part alone', () => {
    const some = number(
      'some',
      Array.from(cases.isPositive, (is, at) => (at % 2 === 0 ? is : NaN)),
    );
    const [feature] = auditLabel(ask(cases, [some])).features;
    expect(feature?.result).toMatchObject({ auc: 1, cases: 45 });
  });
});

it('a source is judged by what was learned from the others', () => {
  const cases = makeCases(240, 5);
  // Within A and B brightness tells the class; in C it is the other way round.
  const sources = Array.from(cases.units, (unit) => 'ABC'[Math.floor(unit / 80)] ?? '');
  const values = Array.from(cases.isPositive, (is, at) => (sources[at] === 'C' ? -is : is) + 0.3 * cases.draw());
  const { withoutSource } = auditLabel(ask(cases, [number('brightness', values)], { sources }));
  expect(withoutSource.map(({ source }) => source)).toEqual(['A', 'B', 'C']);
  expect(aucOf(withoutSource[2]?.result)).toBe(0);
});

describe('folds', () => {
  it('keep a patient together and give each fold its share of the class', () => {
    const { isPositive } = makeCases(200, 7, 4);
    const units = Uint32Array.from({ length: 200 }, (_, at) => Math.floor(at / 2));
    const folds = dealFolds({ units, isPositive, seed: 2 });
    for (const [at, fold] of folds.entries()) expect(folds[2 * Math.floor(at / 2)]).toBe(fold);
    const positives = Array.from({ length: FOLDS }, (_, fold) => isPositive.filter((is, at) => is === 1 && folds[at] === fold).length); // prettier-ignore
    expect(positives).toEqual([10, 10, 10, 10, 10]);
    expect([...dealFolds({ units, isPositive, seed: 2 })]).toEqual([...folds]);
    expect([...dealFolds({ units, isPositive, seed: 3 })]).not.toEqual([...folds]);
  });
});

it('categories become columns beside the most frequent one, rare ones one column', () => {
  const values = [...Array.from('aaabbc'), '', ...Array.from('defghijklmnop')];
  const names = listColumns([category('view', values)]).map(({ name }) => name);
  expect(names.slice(0, 2)).toEqual(['view: b', 'view: not given']);
  expect(names.at(-1)).toBe('view: (others)');
  expect(names).toHaveLength(12);
});

it('regressions can be fitted to some of the cases, drawn by a seed', () => {
  const cases = makeCases(400, 11);
  const features = [
    number(
      'a',
      Array.from(cases.isPositive, (is) => is + 2 * cases.draw()),
    ),
  ];
  const fitted = sampleCases(400, 150, 1);
  const audit = auditLabel(ask(cases, features, { fitted }));
  expect(fitted).toHaveLength(150);
  expect(sampleCases(400, 150, 1)).toEqual(fitted);
  expect(audit.together).toMatchObject({ cases: 150 });
  expect(audit.features[0]?.result).toMatchObject({ cases: 400 });
});
