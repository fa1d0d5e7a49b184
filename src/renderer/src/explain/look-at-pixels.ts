import type { AttributionView, SampleView } from '#shared/contract/samples.ts';
import type { RelevanceMap } from '../reading/load-map.ts';
import { computeFit, type Extent, type Look } from '../reading/stage-geometry.ts';
import { clampZoom } from '../reading/view-state.ts';

/** CSS pixels at which a pixel of a map can be told from its neighbours. */
const visiblePixel = 12;

/** Zooms to the strongest pixel of a map until single pixels of the map are seen. */
export function lookAtPixels(
  shown: { readonly sample: SampleView; readonly attribution: AttributionView; readonly map: RelevanceMap },
  { stage, look }: { readonly stage: Extent; readonly look: Look },
): Look {
  const { sample, map } = shown;
  const { region } = shown.attribution;
  const fit = computeFit({ picture: sample, stage, look, deviceScale: 1 });
  const strongest = findStrongest(map.values);
  const column = (strongest % map.width) + 0.5;
  const row = Math.floor(strongest / map.width) + 0.5;
  const x = region.left + (column * region.width) / map.width;
  const y = region.top + (row * region.height) / map.height;
  const picturePixels = region.width / map.width;
  const zoom = clampZoom(visiblePixel / (picturePixels * fit));
  return { ...look, zoom, center: [x / sample.width, y / sample.height] };
}

function findStrongest(values: Float32Array): number {
  return values.reduce((best, value, at) => (Math.abs(value) > Math.abs(values[best] ?? 0) ? at : best), 0);
}
