import { computeCosine } from './cosine.ts';
import type { MapPair } from './map-pair.ts';
import type { Measurement } from '#shared/measurement.ts';
import { computeSignFlips } from './sign-flips.ts';
import { computeSpearman } from './spearman.ts';
import { computeSsim } from './ssim.ts';
import { computeTopOverlap } from './top-overlap.ts';

/** How alike two maps are, by measures that see different things. */
export const mapMeasures = {
  spearman: computeSpearman,
  ssim: computeSsim,
  topOverlap: (pair: MapPair): Measurement => computeTopOverlap(pair),
  cosine: computeCosine,
  signFlips: computeSignFlips,
} as const;

export type MapMeasure = keyof typeof mapMeasures;

export const mapMeasureNames = Object.keys(mapMeasures) as readonly MapMeasure[];

export type MapDistances = Readonly<Record<MapMeasure, Measurement>>;

export function computeMapDistances(pair: MapPair): MapDistances {
  return {
    spearman: computeSpearman(pair),
    ssim: computeSsim(pair),
    topOverlap: computeTopOverlap(pair),
    cosine: computeCosine(pair),
    signFlips: computeSignFlips(pair),
  };
}
