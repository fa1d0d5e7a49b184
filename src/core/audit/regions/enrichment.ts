import { mapMeasure, type Measure } from './measure.ts';
import { areaOf, type RegionMask } from './region-mask.ts';

/**
 * A share of relevance over the region's share of area, E(M) = RMA(M) / (|M| / |all|): 1 where relevance lies as it would by
 * chance, 6 where it is six times as dense.
 */
export function computeEnrichment(share: Measure, mask: RegionMask): Measure {
  const areaShare = areaOf(mask) / mask.coverage.length;
  return mapMeasure(share, (value) => value / areaShare);
}

/** log2 of an enrichment: 0 by chance, 1 twice as dense, -1 half as dense; minus infinity where no relevance lies in the region. */
export const computeLog2Enrichment = (enrichment: Measure): Measure => mapMeasure(enrichment, Math.log2);
