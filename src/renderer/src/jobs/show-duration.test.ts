import { expect, test } from 'vitest';
import { showDuration } from './show-duration.ts';

test.each([
  [0.2, '1 s'],
  [8.4, '8 s'],
  [59.4, '59 s'],
  [61, '1 min'],
  [3599, '1 h 0 min'],
  [7800, '2 h 10 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(showDuration(seconds)).toBe(text);
});
