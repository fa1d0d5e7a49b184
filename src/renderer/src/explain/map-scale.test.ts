import { expect, test } from 'vitest';
import { describeScale, findOneScale, toEvidence, toShares } from './map-scale.ts';
import type { Explanation } from './explanation.ts';

const nothing = { composite: 'EpsilonPlus', state: 'here', fault: undefined } as const;

function explain(values: readonly number[], turned = false): Explanation {
  const region = { left: 0, top: 0, width: 2, height: 1 };
  return {
    ...{ ...nothing, ask: () => undefined, cancel: () => undefined },
    map: { width: values.length, height: 1, values: Float32Array.from(values) },
    attribution: { setup: 1, target: 0, sum: 1, arraySha256: 'a', region, turned, effect: 'evidence' },
  };
}

test('one scale holds all maps, whichever way their sign goes', () => {
  expect(findOneScale('values', [explain([1, 2]), explain([-4, -1], true)])).toEqual([0, 4]);
  expect(findOneScale('values', [explain([1, 2]), explain([-3, 1])])).toEqual([-3, 3]);
  expect(findOneScale('own', [explain([1, 2])])).toBeUndefined();
  expect(findOneScale('values', [{ ...explain([1]), map: undefined }])).toBeUndefined();
});

test('shares are of all relevance, for and against together', () => {
  expect(Array.from(toShares(explain([3, -1])).map?.values ?? [])).toEqual([0.75, -0.25]);
  expect(Array.from(toShares(explain([0, 0])).map?.values ?? [])).toEqual([0, 0]);
  expect(Array.from(toEvidence(explain([3, -1], true))?.values ?? [])).toEqual([-3, 1]);
});

test('the scale is said', () => {
  expect(describeScale('values', [-0.5, 0.5])).toBe('One scale: \u22120.5 to 0.5.');
  expect(describeScale('shares', [0, 0.02])).toBe("One scale: 0% to 2% of a map's relevance in a pixel.");
  expect(describeScale('own', undefined)).toBe('Each map on its own scale.');
});
