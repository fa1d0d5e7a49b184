import { expect, test } from 'vitest';
import { readNetwork } from '#core/relevance/index.ts';
import { knownModel } from './known-case.ts';
import { compareWithCpu } from './self-check.ts';

test('the known case has every kind of step', () => {
  const kinds = new Set(readNetwork(knownModel).layers.map(({ type }) => type));
  expect([...kinds].sort()).toEqual(
    ['activation', 'averagePool', 'convolution', 'linear', 'maxPool', 'reshape', 'sum'].sort(),
  );
});

test('the CPU agrees with itself, and on something', async () => {
  expect(await compareWithCpu('cpu')).toBe(0);
});
