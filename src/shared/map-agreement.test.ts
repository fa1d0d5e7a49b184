import { expect, test } from 'vitest';
import { countAgreement } from './map-agreement.ts';

test('a tenth of the pixels counts, those as large as the least of them too, none that is not above zero', () => {
  const rising = Float32Array.from({ length: 20 }, (_, at) => at);
  const falling = rising.toReversed();
  const tied = new Float32Array(20).fill(1);
  const negative = new Float32Array(20).fill(-1);
  const single = new Float32Array(20).fill(-1);
  single[19] = 3;
  const counts = Array.from(countAgreement([rising, falling, negative, single]));
  expect(counts).toEqual([1, 1, ...new Array<number>(16).fill(0), 1, 2]);
  expect(Array.from(countAgreement([tied]))).toEqual(Array.from(tied));
});

test('no maps agree on nothing', () => {
  expect(countAgreement([])).toHaveLength(0);
});
