import { define, type Metric } from './metric.ts';

/** Where relevance lies. */
export const placeMetrics = {
  positiveShare: define('Positive share', 'Σ a·R⁺ / Σ_Ω R⁺', {
    meaning: 'how much of what speaks for the class lies in the region; known as relevance mass accuracy (RMA)',
    source: 'Arras, Osman, Samek 2022',
    unit: 'share',
    undefinedWhen: 'the region is empty, or no relevance is positive',
  }),
  negativeShare: define('Negative share', 'Σ a·R⁻ / Σ_Ω R⁻, R⁻ = max(−R, 0)', {
    meaning: 'the same of what speaks against the class; never mixed with the positive',
    source: 'as the positive share',
    unit: 'share',
    undefinedWhen: 'the region is empty, or no relevance is negative',
  }),
  absoluteShare: define('Share, either sign', 'Σ a·|R| / Σ_Ω |R|', {
    meaning: 'in what is taken away: the region and one pixel around it',
    unit: 'share',
    undefinedWhen: 'the region is empty, or the map is zero',
  }),
  area: define('Area', '|M| / |Ω|', {
    meaning: 'share of the pixels of the model’s input',
    unit: 'share',
  }),
  enrichment: define('Enrichment E', 'share / (|M| / |Ω|)', {
    meaning: 'the share corrected for the size of the region: 1 by chance, 2 twice as much as chance',
    unit: 'times chance',
    undefinedWhen: 'there is no share',
  }),
  log2Enrichment: define('log₂ enrichment', 'log₂ E', {
    meaning: '0 by chance, 1 twice as much, −1 half as much; −∞ where the share is 0',
    unit: 'doublings',
    undefinedWhen: 'there is no share',
  }),
  excess: define('Excess', 'positive share − |M| / |Ω|', {
    meaning: 'the queue is sorted by the largest one of a picture in what is no anatomy: worst first',
    unit: 'share',
    undefinedWhen: 'there is no share',
  }),
  rankAccuracy: define('Rank accuracy', '|top K pixels of R in M| / K, K = |M| in whole pixels', {
    meaning: 'whole pixels: covered by half or more (else those covered most); of equals the first',
    source: 'Arras, Osman, Samek 2022',
    unit: 'share',
    undefinedWhen: 'the region has no whole pixel',
  }),
  pointing: define('Pointing game', '1 where argmax R is within 15·(width/224) pixels of M, else 0', {
    meaning: 'whether the strongest pixel hits the region',
    source: 'Zhang et al. 2018',
    unit: '0 or 1',
    undefinedWhen: 'the region is empty, or no relevance is positive',
  }),
  groupShare: define('Of a group of pictures', 'mean share; Σ share / Σ (|M| / |Ω|)', {
    meaning: 'shares are averaged, E is the ratio of the sums; pictures without a share are left out and counted',
    unit: 'share, times chance',
    undefinedWhen: 'no picture has a share',
  }),
} as const satisfies Readonly<Record<string, Metric>>;
