import { mapMeasurement, type Measurement } from '#shared/measurement.ts';
import { areaOf, type RegionMask } from './region-mask.ts';

/**
 * A share of relevance over the region's share of area, E(M) = RMA(M) / (|M| / |all|): 1 where relevance lies as it would by
 * chance, 6 where it is six times as dense.
 */
export function computeEnrichment(share: Measurement, mask: RegionMask): Measurement {
  const areaShare = areaOf(mask) / mask.coverage.length;
  return mapMeasurement(share, (value) => value / areaShare);
}

/** log2 of an enrichment: 0 by chance, 1 twice as dense, -1 half as dense; minus infinity where no relevance lies in the region. */
export const computeLog2Enrichment = (enrichment: Measurement): Measurement => mapMeasurement(enrichment, Math.log2);
