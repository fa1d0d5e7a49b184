import { describe, expect, test } from 'vitest';
import { computeMeanInterval } from './bootstrap-mean.ts';

describe('mean with interval', () => {
  test('the mean is of those that have a value', () => {
    const { mean, cases, unit } = computeMeanInterval([{ value: 1 }, { value: NaN }, { value: 4 }]);
    expect([mean, cases, unit]).toEqual([2.5, 2, 'case']);
  });

  test('equal values have an interval without width, and few have none', () => {
    expect(computeMeanInterval([{ value: 3 }, { value: 3 }]).interval).toMatchObject({ low: 3, high: 3 });
    expect(computeMeanInterval([{ value: 3 }]).interval).toBeUndefined();
    expect(computeMeanInterval([]).mean).toBeNaN();
  });

  test('a single patient has no interval; of two the interval spans both', () => {
    const own = [{ value: 1, patient: 'a' }, { value: 3, patient: 'a' }]; // prettier-ignore
    expect(computeMeanInterval(own)).toMatchObject({ mean: 2, interval: undefined });
    expect(computeMeanInterval([{ value: 1 }, { value: 3 }])).toMatchObject({ mean: 2, interval: { low: 1, high: 3 } });
  });

  test('is about as wide as the normal approximation', () => {
    const cases = Array.from({ length: 200 }, (_, at) => ({ value: Math.sin(at * 12.9898) }));
    const { mean, interval } = computeMeanInterval(cases);
    const variance = cases.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / 199;
    const width = (interval?.high ?? NaN) - (interval?.low ?? NaN);
    expect(width / (2 * 1.96 * Math.sqrt(variance / 200))).toBeCloseTo(1, 1);
  });

  test('patients are drawn, not their pictures: ten copies of a picture say no more than one', () => {
    const values = [0, 1, 0, 1, 1, 0, 0, 1];
    const single = computeMeanInterval(values.map((value, at) => ({ value, patient: `p${at}` })));
    const copies = values.flatMap((value, at) => Array.from({ length: 10 }, () => ({ value, patient: `p${at}` })));
    expect(computeMeanInterval(copies).interval).toEqual(single.interval);
  });
});
