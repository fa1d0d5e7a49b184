import { complementaryError } from '../complementary-error.ts';
import { findResamplingUnits } from '../resampling-units.ts';
import type { MeasuredCase } from '../bootstrap-mean.ts';

/** Up to so many units the distribution is counted out; beyond, the normal approximation is as good. */
const MOST_EXACT = 50;

export interface SignedRankTest {
  /** Patients, or cases where nobody says whose they are; those whose value is 0 are left out. */
  readonly units: number;
  /** Sum of the ranks of what is above zero. */
  readonly ranksAbove: number;
  /** Two-sided probability of ranks that lopsided by chance; undefined without a unit off zero. */
  readonly p: number | undefined;
}

/**
 * Wilcoxon's signed-rank test (1945) of values against zero, one value (the mean) for each patient. Equal magnitudes share the mean of their ranks. Exact up to
 * 50 units, ties included; the normal approximation with correction for ties and continuity beyond.
 */
export function testSignedRanks(cases: readonly MeasuredCase[]): SignedRankTest {
  const values = averageByUnit(cases.filter(({ value }) => !Number.isNaN(value))).filter((value) => value !== 0);
  const ranks = rankMagnitudes(values);
  const ranksAbove = values.reduce((sum, value, index) => sum + (value > 0 ? (ranks[index] ?? 0) : 0), 0);
  const units = values.length;
  if (units === 0) return { units, ranksAbove: 0, p: undefined };
  const p = units <= MOST_EXACT ? countOut(ranks, ranksAbove) : approximate(ranks, ranksAbove);
  return { units, ranksAbove, p };
}

function averageByUnit(cases: readonly MeasuredCase[]): readonly number[] {
  const { unitOf, count } = findResamplingUnits(cases);
  const [sums, sizes] = [new Float64Array(count), new Float64Array(count)];
  cases.forEach(({ value }, index) => {
    const unit = unitOf[index] ?? 0;
    sums[unit] = (sums[unit] ?? 0) + value;
    sizes[unit] = (sizes[unit] ?? 0) + 1;
  });
  return Array.from(sums, (sum, unit) => sum / (sizes[unit] ?? 1));
}

/** From 1, the smallest magnitude first. */
function rankMagnitudes(values: readonly number[]): readonly number[] {
  const sorted = values.map(Math.abs).toSorted((a, b) => a - b);
  return values.map((value) => {
    const magnitude = Math.abs(value);
    return (sorted.indexOf(magnitude) + sorted.lastIndexOf(magnitude)) / 2 + 1;
  });
}

/** Over all signs the ranks may have. Twice a rank is whole, so that the sums can be counted. */
function countOut(ranks: readonly number[], ranksAbove: number): number {
  const doubled = ranks.map((rank) => Math.round(2 * rank));
  const whole = doubled.reduce((sum, rank) => sum + rank, 0);
  let shares = new Float64Array(whole + 1);
  shares[0] = 1;
  for (const rank of doubled) {
    const before = shares;
    shares = before.map((share, sum) => (share + (before[sum - rank] ?? 0)) / 2);
  }
  const less = Math.min(2 * ranksAbove, whole - 2 * ranksAbove);
  const tail = shares.slice(0, Math.round(less) + 1).reduce((sum, share) => sum + share, 0);
  return Math.min(1, 2 * tail);
}

function approximate(ranks: readonly number[], ranksAbove: number): number {
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / 2;
  const deviation = Math.sqrt(ranks.reduce((sum, rank) => sum + rank ** 2, 0) / 4);
  const distance = Math.max(0, Math.abs(ranksAbove - mean) - 0.5);
  return Math.min(1, complementaryError(distance / deviation / Math.SQRT2));
}
