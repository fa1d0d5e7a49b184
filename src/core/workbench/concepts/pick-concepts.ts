import type { Attribution, ConceptReading } from '#core/engine/index.ts';
import type { InsideRegion } from './concepts-record.ts';
import type { Concept } from '../concept-layers.ts';
import type { ConceptContext, LayerPick } from './concept-context.ts';
import type { LocatedRegion } from './locate-region.ts';
import { rankDescending } from './rank-concepts.ts';

interface Picking {
  readonly context: ConceptContext;
  readonly whole: Attribution;
  readonly turned: boolean;
  readonly region: LocatedRegion | undefined;
}

type ComputeMaps = (concepts: readonly Concept[]) => Promise<readonly Float32Array[]>;

interface Picked {
  readonly picks: readonly LayerPick[];
  readonly maps: readonly (readonly Float32Array[])[];
}

/** With a region, as many concepts of each layer are looked at on the picture itself before the best are shown. */
const candidateCount = 8;

/**
 * The strongest concepts of each layer with their heatmaps. With a region: the strongest inside it. A layer's own grid is coarse, so it
 * only says which concepts come into question; their heatmaps say how much of them lies in the region.
 */
export async function pickConcepts(picking: Picking, computeMaps: ComputeMaps): Promise<Picked> {
  const layers = picking.context.layers.flatMap((layer) => {
    const reading = picking.whole.concepts.find((candidate) => candidate.layer === layer);
    return reading ? [rankLayer(picking, reading)] : [];
  });
  const concepts = layers.flatMap(({ reading, candidates }) =>
    candidates.map((channel) => ({ layer: reading.layer, channel })),
  );
  const maps = await computeMaps(concepts);
  let at = 0;
  const shown = layers.map((layer) => {
    const own = maps.slice(at, (at += layer.candidates.length));
    return showStrongest(picking, layer, own);
  });
  return { picks: shown.map(({ pick }) => pick), maps: shown.map((layer) => layer.maps) };
}

interface RankedLayer {
  readonly reading: ConceptReading;
  readonly ranking: readonly number[];
  readonly candidates: readonly number[];
}

function rankLayer({ context, turned, region }: Picking, reading: ConceptReading): RankedLayer {
  const { top = 1, concepts } = context.request;
  const supports = (values: Float32Array): readonly number[] =>
    rankDescending(turned ? values.map((value) => -value) : values);
  const ranking = supports(reading.sums);
  const asked = concepts?.filter(({ layer }) => layer === reading.layer).map(({ channel }) => channel);
  if (asked) return { reading, ranking, candidates: asked };
  if (!region) return { reading, ranking, candidates: ranking.slice(0, top) };
  const inside = reading.inside ?? reading.sums;
  return { reading, ranking, candidates: supports(inside).slice(0, Math.max(top, candidateCount)) };
}

function showStrongest(
  { context, turned, region }: Picking,
  { reading, ranking, candidates }: RankedLayer,
  maps: readonly Float32Array[],
): { readonly pick: LayerPick; readonly maps: readonly Float32Array[] } {
  const { top = 1, concepts } = context.request;
  const inside = candidates.map((channel, i) => region && measureInside(reading, channel, { region, map: maps[i] }));
  const strength = inside.map((found) => (found?.onPicture ?? 0) * (turned ? -1 : 1));
  const order = region && !concepts ? rankDescending(strength).slice(0, top) : candidates.map((_, i) => i);
  return {
    pick: {
      ...{ layer: reading.layer, reading, ranking },
      channels: order.map((i) => candidates[i] ?? 0),
      inside: order.map((i) => inside[i]),
    },
    maps: order.flatMap((i) => maps[i] ?? []),
  };
}

function measureInside(
  reading: ConceptReading,
  channel: number,
  { region, map }: { readonly region: LocatedRegion; readonly map: Float32Array | undefined },
): InsideRegion {
  const { inside } = region;
  let [onPicture, total] = [0, 0];
  map?.forEach((value, i) => {
    onPicture += value * (inside[i % inside.length] ?? 0);
    total += Math.abs(value);
  });
  const share = total === 0 ? 0 : onPicture / total;
  return { atLayer: reading.inside?.[channel] ?? 0, onPicture, share };
}
