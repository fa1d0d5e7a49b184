import { expect, it } from 'vitest';
import { countOf, formatInterval, formatPercent, formatShare } from './number-format.ts';

it.each([
  [0.94413, '0.944'],
  [1, '1.000'],
  [0, '0.000'],
  [0.9996, '0.9996'],
  [0.99996, '>0.9999'],
  [0.0004, '0.0004'],
  [0.00001, '<0.0001'],
  [undefined, '\u2013'],
])('shares: %s reads %s', (value, text) => {
  expect(formatShare(value)).toBe(text);
});

it.each([
  [0, '0%'],
  [0.004, '<1%'],
  [0.126, '13%'],
  [0.996, '>99%'],
  [1, '100%'],
])('percentages: %s reads %s', (share, text) => {
  expect(formatPercent(share)).toBe(text);
});

it('intervals and counts', () => {
  expect(formatInterval({ low: 0.5, high: 1 })).toBe(' (0.500\u20131.000)');
  expect(formatInterval(undefined)).toBe('');
  expect([countOf(1, 'class', 'classes'), countOf(6788, 'case')]).toEqual(['1 class', '6,788 cases']);
});
