import type { ConceptReading } from '#core/engine/index.ts';
import type { Concepts } from '#shared/contract/concepts.ts';
import { rankDescending, shareOfAll } from '../../concepts/rank-concepts.ts';

/** Concepts told of each layer. */
const listed = 12;

export interface RankChoice {
  /** Whether relevance below zero speaks for the target. */
  readonly turned: boolean;
  /** Ranks by what lies inside the region that was asked about, on the layer's own grid. */
  readonly inRegion: boolean;
}

/** The concepts of a layer that speak most for the class, with their share of all the layer carries. */
export function rankLayer(
  { layer, channels, sums, inside }: Pick<ConceptReading, 'layer' | 'channels' | 'sums' | 'inside'>,
  { turned, inRegion }: RankChoice,
): Concepts['layers'][number] {
  const carried = ((inRegion ? inside : undefined) ?? sums).subarray(0, channels);
  const evidence = turned ? carried.map((value) => -value) : carried;
  const shares = shareOfAll(evidence);
  return {
    ...{ name: layer, channels },
    concepts: rankDescending(evidence)
      .slice(0, listed)
      .map((channel) => ({ channel, relevance: carried[channel] ?? 0, share: shares[channel] ?? 0 })),
  };
}
