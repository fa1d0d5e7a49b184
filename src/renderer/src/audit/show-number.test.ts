import { expect, test } from 'vitest';
import { showChance, showNumber, showPercent, showSigned, showSpan } from './show-number.ts';

test('numbers have a true minus, and what does not exist has a dash', () => {
  expect([showNumber(-0.126), showNumber(null), showNumber(NaN), showNumber(-Infinity)]).toEqual([
    '−0.13',
    '–',
    '–',
    '−∞',
  ]);
  expect([showSigned(0.5), showSigned(-0.5), showSigned(0), showSigned(undefined)]).toEqual([
    '+0.50',
    '−0.50',
    '0.00',
    '–',
  ]);
  expect([showPercent(0.123), showPercent(null)]).toEqual(['12.3 %', '–']);
  expect([showSpan({ low: -1, high: 2 }), showSpan(null)]).toEqual(['−1.00 to 2.00', '']);
  expect([showChance(0.00004), showChance(0.25), showChance(null)]).toEqual(['< 0.001', '0.250', '–']);
});
