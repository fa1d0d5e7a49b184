import type { Measurement } from '#shared/measurement.ts';
import { computeEnrichment, computeLog2Enrichment } from './enrichment.ts';
import { playPointingGame } from './pointing-game.ts';
import { computeRankAccuracy } from './rank-accuracy.ts';
import { areaOf, type RegionMask } from './region-mask.ts';
import { computeNegativeShare, computePositiveShare, type RelevanceMap } from './relevance-share.ts';

/** Where relevance lies: what a map books into one region. */
export interface RegionMeasures {
  /** The region's share of the picture, 0 to 1. */
  readonly areaShare: number;
  readonly positiveShare: Measurement;
  readonly negativeShare: Measurement;
  /** Of the positive share. */
  readonly enrichment: Measurement;
  readonly log2Enrichment: Measurement;
  readonly rankAccuracy: Measurement;
  readonly pointing: Measurement;
}

export function measureRegion(map: RelevanceMap, mask: RegionMask): RegionMeasures {
  const positiveShare = computePositiveShare(map, mask);
  const enrichment = computeEnrichment(positiveShare, mask);
  return {
    areaShare: areaOf(mask) / mask.coverage.length,
    ...{ positiveShare, negativeShare: computeNegativeShare(map, mask) },
    ...{ enrichment, log2Enrichment: computeLog2Enrichment(enrichment) },
    rankAccuracy: computeRankAccuracy(map, mask),
    pointing: playPointingGame(map, mask),
  };
}
