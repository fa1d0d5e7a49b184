import { expect, it } from 'vitest';
import { createClassFinder } from './class-labels.ts';

const find = createClassFinder(['COVID-19', 'Non-COVID', 'normal', 'no finding', 'No_Finding', 'x', 'x']);

it.each([
  ['COVID-19', 0],
  ['covid 19', 0],
  ['non_covid', 1],
  ['Normal', 2],
  // Exactly one of two that look alike, and neither.
  ['no finding', 3],
  ['NO FINDING', undefined],
  // Named twice: which of the two it means cannot be known.
  ['x', undefined],
  ['', undefined],
  ['COVID', undefined],
])('the label "%s" means class %s', (label, index) => {
  expect(find(label)).toBe(index);
});
