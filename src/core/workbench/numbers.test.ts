import { describe, expect, test } from 'vitest';
import { measureDistance } from './distance.ts';
import type { SignMeaning } from '#core/relevance/index.ts';
import { chooseLook, type ShownMap } from './heatmap-look.ts';
import { readPrediction } from './prediction.ts';
import { senseRelevance } from './relevance-sense.ts';
import { summarizeRelevance } from './relevance-summary.ts';
import { findRelevanceWarnings } from './relevance-warnings.ts';

const floats = (...values: number[]): Float32Array => Float32Array.from(values);

describe('distance', () => {
  test('is relative to the reference', () => {
    const { relativeL2, maxError } = measureDistance(floats(3, 4.5, 0), floats(3, 4, 0));
    expect([relativeL2, maxError]).toEqual([0.1, 0.125]);
  });

  test('of equal arrays is zero, also where all is zero', () => {
    expect(measureDistance(floats(0, 0), floats(0, 0))).toEqual({ relativeL2: 0, maxError: 0 });
  });

  test('from nothing but zeros is the difference itself', () => {
    expect(measureDistance(floats(0, 0.25), floats(0, 0))).toEqual({ relativeL2: 0.25, maxError: 0.25 });
  });

  test('of NaN is NaN, so that it passes no bar', () => {
    expect(measureDistance(floats(1, NaN), floats(1, 2))).toEqual({ relativeL2: NaN, maxError: NaN });
  });
});

describe('prediction', () => {
  test('is the largest logit; probabilities are their softmax, however large they are', () => {
    const { index, label, classes } = readPrediction(floats(1000, 1001, -5), ['a', 'b', 'c']);
    expect([index, label]).toEqual([1, 'b']);
    expect(classes[1]?.probability).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
    expect(classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
  });
});

describe('summary of relevance', () => {
  test('has sum, extent and the share of its peak', () => {
    expect(summarizeRelevance(floats(1, -3, 0))).toEqual({ sum: -2, absoluteSum: 4, min: -3, max: 1, peakShare: 0.75 });
  });

  test('of zeros has no peak', () => {
    expect(summarizeRelevance(floats(0, 0)).peakShare).toBe(0);
  });
});

describe('warnings', () => {
  const target = { index: 0, label: 'nodule', logit: 2, probability: 0.9 };
  const even = summarizeRelevance(new Float32Array(100).fill(1));
  const peaked = summarizeRelevance(floats(1, 9));
  const sound = { relevance: even, layers: [], target, turned: false } as const;

  test('are none where nothing is odd', () => {
    expect(findRelevanceWarnings(sound)).toEqual([]);
  });

  test.each([
    ['an empty map', { relevance: summarizeRelevance(floats(0)) }, /zero/],
    ['a map of one value', { relevance: peaked }, /heatmap carries 90%/],
    ['a layer of one value', { layers: [{ name: 'layer4.1', relevance: peaked }] }, /layer4\.1 carries 90%/],
    ['a sign that speaks against the target', { turned: true }, /"nodule" is negative.*turned/],
  ])('name %s', (_, change, sentence) => {
    expect(findRelevanceWarnings({ ...sound, ...change })).toEqual([expect.stringMatching(sentence)]);
  });
});

describe('sense of the sign', () => {
  const sense = (meaning: SignMeaning, initialRelevance: 'one' | 'logit', logit: number): boolean =>
    senseRelevance({ meaning, initialRelevance, logit }).turned;

  test('nothing is turned where the logit is positive', () => {
    for (const meaning of ['evidence', 'evidence-of-logit', 'gradient'] as const)
      expect([sense(meaning, 'one', 2), sense(meaning, 'logit', 2)]).toEqual([false, false]);
  });

  test('a negative logit turns it once, by what is shared or by what it started from, and twice is not at all', () => {
    expect([sense('evidence-of-logit', 'one', -2), sense('evidence-of-logit', 'logit', -2)]).toEqual([true, false]);
    expect([sense('evidence', 'one', -2), sense('evidence', 'logit', -2)]).toEqual([false, true]);
    expect([sense('gradient', 'one', -2), sense('gradient', 'logit', -2)]).toEqual([false, true]);
  });

  test('gradients are not called evidence', () => {
    expect(senseRelevance({ meaning: 'gradient', initialRelevance: 'one', logit: 1 }).effect).toBe('gradient');
    expect(senseRelevance({ meaning: 'evidence-of-logit', initialRelevance: 'one', logit: 1 }).effect).toBe('evidence');
  });
});

describe('look', () => {
  const shown = (...values: number[]): ShownMap => ({ values: floats(...values), turned: false });

  test('relevance with a sign is drawn about zero, dark over the picture', () => {
    const { look } = chooseLook({}, shown(-1, 3));
    expect(look).toEqual({
      colorMap: { heatmap: 'blue-orange', overlay: 'blue-orange-dark' },
      range: [-3, 3],
      turned: false,
    });
  });

  test('relevance without a sign is drawn from zero up', () => {
    expect(chooseLook({}, shown(0, 3)).look).toEqual({
      colorMap: { heatmap: 'amber', overlay: 'amber' },
      range: [0, 3],
      turned: false,
    });
  });

  test('what is asked for is done', () => {
    const { look } = chooseLook({ colorMap: 'bwr', range: [-1, 1] }, shown(0, 3));
    expect(look).toEqual({ colorMap: { heatmap: 'bwr', overlay: 'bwr' }, range: [-1, 1], turned: false });
    expect(chooseLook({ colorMap: 'coldnhot' }, shown(0, 3)).look.range).toEqual([-3, 3]);
  });
});
