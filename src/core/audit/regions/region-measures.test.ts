import { describe, expect, test } from 'vitest';
import { createBorderRing } from './border-ring.ts';
import { summarizeShares } from './group-share.ts';
import { measureRegion } from './region-measures.ts';
import { outsideOf, type RegionMask } from './region-mask.ts';
import { computeAbsoluteShare, type RelevanceMap } from './relevance-share.ts';

/** 4 x 2: positive relevance 1 + 4 + 3 = 8, negative 2. */
const map: RelevanceMap = { width: 4, height: 2, values: Float32Array.of(1, 4, 0, 0, 3, -2, 0, 0) };
const maskOf = (...coverage: number[]): RegionMask => ({ width: 4, height: 2, coverage: Float32Array.from(coverage) });

describe('measures of a region', () => {
  test('by hand: two pixels of eight hold 5 of 8', () => {
    const measures = measureRegion(map, maskOf(1, 1, 0, 0, 0, 0, 0, 0));
    expect(measures.areaShare).toBe(0.25);
    expect(measures.positiveShare).toEqual({ value: 0.625 });
    expect(measures.negativeShare).toEqual({ value: 0 });
    expect(measures.enrichment).toEqual({ value: 2.5 });
    expect(measures.log2Enrichment.value).toBeCloseTo(1.321928, 6);
    // The two most relevant pixels are the second and the fifth; one of them is inside.
    expect(measures.rankAccuracy).toEqual({ value: 0.5 });
    expect(measures.pointing).toEqual({ value: 1 });
  });

  test('negative relevance has a share of its own, and both signs together another', () => {
    const mask = maskOf(0, 0, 0, 0, 1, 1, 0, 0);
    expect(measureRegion(map, mask).negativeShare).toEqual({ value: 1 });
    expect(measureRegion(map, mask).positiveShare).toEqual({ value: 0.375 });
    expect(computeAbsoluteShare(map, mask)).toEqual({ value: 0.5 });
  });

  test('a region that covers pixels in part gets that part', () => {
    const measures = measureRegion(map, maskOf(0, 0.5, 0, 0, 0, 0, 0, 0));
    expect(measures.areaShare).toBe(0.0625);
    expect(measures.positiveShare).toEqual({ value: 0.25 });
    expect(measures.enrichment).toEqual({ value: 4 });
  });

  test('equal values: the pixel that comes first is the more relevant', () => {
    const flat = { ...map, values: Float32Array.of(1, 1, 1, 1, 1, 1, 1, 1) };
    expect(measureRegion(flat, maskOf(1, 1, 0, 0, 0, 0, 0, 0)).rankAccuracy).toEqual({ value: 1 });
    expect(measureRegion(flat, maskOf(0, 0, 0, 0, 0, 0, 1, 1)).rankAccuracy).toEqual({ value: 0 });
  });

  test('the peak may miss by 15 pixels of 224, and not by more', () => {
    const values = new Float32Array(224);
    values[100] = 1;
    const at = (pixel: number): RegionMask => {
      const coverage = new Float32Array(224);
      coverage[pixel] = 1;
      return { width: 224, height: 1, coverage };
    };
    const line = { width: 224, height: 1, values };
    expect(measureRegion(line, at(115)).pointing).toEqual({ value: 1 });
    expect(measureRegion(line, at(116)).pointing).toEqual({ value: 0 });
  });

  test('an empty region has no measure, which is not zero', () => {
    const { positiveShare, negativeShare, enrichment, log2Enrichment, rankAccuracy, pointing } = measureRegion(map, maskOf(0, 0, 0, 0, 0, 0, 0, 0)); // prettier-ignore
    for (const measure of [positiveShare, negativeShare, enrichment, log2Enrichment, rankAccuracy, pointing])
      expect(measure).toEqual({ value: NaN, reason: 'empty region' });
  });

  test('a map of zeros has no share anywhere', () => {
    const measures = measureRegion({ ...map, values: new Float32Array(8) }, maskOf(1, 1, 1, 1, 0, 0, 0, 0));
    expect(measures.positiveShare).toEqual({ value: NaN, reason: 'no positive relevance' });
    expect(measures.negativeShare).toEqual({ value: NaN, reason: 'no negative relevance' });
    expect(measures.rankAccuracy).toEqual({ value: NaN, reason: 'no positive relevance' });
    expect(measures.pointing).toEqual({ value: NaN, reason: 'no positive relevance' });
  });

  test('no relevance in a region is a share of 0, minus infinity in log2', () => {
    const measures = measureRegion(map, maskOf(0, 0, 1, 1, 0, 0, 0, 0));
    expect(measures.positiveShare).toEqual({ value: 0 });
    expect(measures.log2Enrichment).toEqual({ value: -Infinity });
  });

  test('inside and outside share everything', () => {
    const mask = maskOf(0.3, 1, 0, 0, 0.7, 0, 0, 1);
    const [inside, outside] = [mask, outsideOf(mask)].map((one) => measureRegion(map, one).positiveShare.value);
    expect((inside ?? NaN) + (outside ?? NaN)).toBeCloseTo(1, 6);
  });
});

describe('border ring', () => {
  test('20 x 40 pixels: one pixel all round', () => {
    const { coverage } = createBorderRing(40, 20);
    expect(coverage.reduce((sum, share) => sum + share, 0)).toBe(800 - 38 * 18);
    expect([coverage[0], coverage[41], coverage[42 + 40]]).toEqual([1, 0, 0]);
  });

  test('pixels that the inner edge cuts count in part: 30 pixels, 1.5 deep', () => {
    const { coverage } = createBorderRing(30, 30);
    expect(coverage[15 * 30 + 1]).toBeCloseTo(0.5, 6);
    expect(coverage.reduce((sum, share) => sum + share, 0)).toBeCloseTo(900 - 27 ** 2, 3);
  });
});

describe('a group of pictures', () => {
  const shares = [
    { share: 0.1, areaShare: 0.1, patient: 'a' },
    { share: 0.5, areaShare: 0.1, patient: 'a' },
    { share: 0.3, areaShare: 0.2, patient: 'b' },
  ];

  test('mean share, and mean share over mean area', () => {
    const group = summarizeShares(shares, false);
    expect(group?.share).toBeCloseTo(0.3, 12);
    expect(group?.enrichment).toBeCloseTo(0.9 / 0.4, 12);
    expect(group).toMatchObject({ pictures: 3, unit: 'patient', shareInterval: undefined });
  });

  test('both patients drawn twice, or each once: of two patients only three resamples differ', () => {
    const { shareInterval } = summarizeShares(shares, { resamples: 500 }) ?? {};
    expect([shareInterval?.low, shareInterval?.high].map((end) => end?.toFixed(6))).toEqual(['0.300000', '0.300000']);
    const apart = summarizeShares([...shares.slice(0, 2), { share: 0.9, areaShare: 0.2, patient: 'b' }], {
      resamples: 500,
    });
    expect(apart?.shareInterval?.low).toBeCloseTo(0.3, 6);
    expect(apart?.shareInterval?.high).toBeCloseTo(0.9, 6);
  });

  test('nothing has no share', () => {
    expect(summarizeShares([], {})).toBeUndefined();
  });
});
