import { expect, test } from 'vitest';
import { predictedTarget, resolveTarget } from './resolve-target.ts';

const chest = { labels: ['COVID-19', 'Normal', 'normal', '7'], classCount: 4 };

test.each([
  ['predicted', predictedTarget],
  ['COVID-19', 0],
  ['covid-19', 0],
  ['Normal', 1],
  ['normal', 2],
  ['0', 0],
  ['3', 3],
  // A label wins over an index.
  ['7', 3],
])('%s is output %i', (text, index) => {
  expect(resolveTarget(text, chest)).toBe(index);
});

test.each(['NORMAL', '4', '-1', '1.0', '', 'pneumonia'])('"%s" is refused with what there is', (text) => {
  expect(() => resolveTarget(text, chest)).toThrow(
    expect.objectContaining({ code: 'target/unknown', message: expect.stringMatching(/"COVID-19".*0 to 3/) as string }),
  );
});

test('of many labels only some are named', () => {
  const labels = Array.from({ length: 1000 }, (_, index) => `kind ${index}`);
  expect(() => resolveTarget('cat', { labels, classCount: 1000 })).toThrow(/"kind 11" and 988 more/);
});
