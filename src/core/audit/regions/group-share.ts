import { LightboxError } from '#shared/errors.ts';
import { createRandomWords } from '#shared/random-words.ts';
import type { BootstrapOptions } from '../evaluation.ts';
import { computePercentileInterval, type Interval } from '../interval.ts';
import { drawWeights, findResamplingUnits } from '../resampling-units.ts';

/** What one picture says of a region. */
export interface PictureShare {
  /** Share of positive relevance, 0 to 1. */
  readonly share: number;
  /** Share of area, above 0. */
  readonly areaShare: number;
  /** Undefined where nobody says whose picture it is. */
  readonly patient: string | undefined;
}

/** What the pictures of a group say together. */
export interface GroupShare {
  readonly pictures: number;
  /** Mean share of positive relevance. */
  readonly share: number;
  /** Mean share over mean share of area. */
  readonly enrichment: number;
  /** 95 % percentile intervals of a bootstrap; undefined where none was asked for. */
  readonly shareInterval: Interval | undefined;
  readonly enrichmentInterval: Interval | undefined;
  /** What the bootstrap draws. */
  readonly unit: 'patient' | 'case';
}

const LEVEL = 0.95;
const MOST_RESAMPLES = 100_000;

/** Undefined without pictures. Throws `request/invalid` on a number of resamples that is not whole, positive and at most 100,000. */
export function summarizeShares(
  pictures: readonly PictureShare[],
  bootstrap: BootstrapOptions | false,
): GroupShare | undefined {
  if (pictures.length === 0) return undefined;
  const units = findResamplingUnits(pictures);
  const whole = weighShares(pictures, new Uint32Array(pictures.length).fill(1));
  const result = { pictures: pictures.length, ...whole, unit: units.kind };
  if (bootstrap === false) return { ...result, shareInterval: undefined, enrichmentInterval: undefined };
  const { resamples = 2000, seed = 1 } = bootstrap;
  if (!Number.isInteger(resamples) || resamples < 1 || resamples > MOST_RESAMPLES) {
    const sentence = `The number of resamples must be a whole number from 1 to 100,000, not ${resamples}.`;
    throw new LightboxError('request/invalid', sentence);
  }
  const draw = createRandomWords(`ledger ${seed}`);
  const draws = Array.from({ length: resamples }, () => weighShares(pictures, drawWeights(units, draw)));
  const intervalOf = (read: (drawn: Weighed) => number): Interval | undefined =>
    computePercentileInterval(Float64Array.from(draws, read), LEVEL);
  return {
    ...result,
    shareInterval: intervalOf(({ share }) => share),
    enrichmentInterval: intervalOf(({ enrichment }) => enrichment),
  };
}

type Weighed = Pick<GroupShare, 'share' | 'enrichment'>;

/** NaN where every picture weighs nothing. */
function weighShares(pictures: readonly PictureShare[], weights: Uint32Array): Weighed {
  let [share, area, total] = [0, 0, 0];
  pictures.forEach((picture, index) => {
    const weight = weights[index] ?? 0;
    share += weight * picture.share;
    area += weight * picture.areaShare;
    total += weight;
  });
  return { share: share / total, enrichment: share / area };
}
