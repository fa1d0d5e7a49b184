import type { ConceptReading } from '#core/engine/index.ts';
import type { LayerBudget } from './concepts-record.ts';
import { sumAbsolute, sumOf } from './rank-concepts.ts';

/**
 * What arrives at each depth and what each layer keeps. At the time it is a layer's turn, its own relevance and what goes round it are all
 * there is; the next one has less by what this layer's bias took, as a bias is part of the sum that relevance is shared by.
 *
 * `readings` stand in the network's order; `atPicture` is the sum of the heatmap. Returned from the output to the picture.
 */
export function listBudget(readings: readonly ConceptReading[], atPicture: number): readonly LayerBudget[] {
  const arrived = readings.map(({ sums, channels, round }) => sumOf(sums.subarray(0, channels)) + (round?.sum[0] ?? 0));
  return readings
    .map(({ layer, sums, channels, round }, i) => {
      const own = sums.subarray(0, channels);
      const [absolute, roundAbsolute] = [sumAbsolute(own), round?.absolute[0] ?? 0];
      const below = i === 0 ? atPicture : (arrived[i - 1] ?? 0);
      return {
        ...{ layer, through: sumOf(own), absolute, round: round?.sum[0] ?? 0, roundAbsolute },
        roundShare: roundAbsolute === 0 ? 0 : roundAbsolute / (absolute + roundAbsolute),
        absorbed: (arrived[i] ?? 0) - below,
      };
    })
    .reverse();
}
