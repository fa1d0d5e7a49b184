import { useMemo } from 'react';
import type { ValueRange } from '#shared/render-heatmap.ts';
import type { RelevanceMap } from '../load-map.ts';
import { findCutoff, surveyMap, type Coloring } from './color-overlay.ts';
import { useOverlayLook, type OverlayKey } from './overlay-look.ts';
import { useCaseReach, useShownMap } from './shown-maps.ts';

/** A heatmap on a stage. */
export interface Overlay {
  readonly key: OverlayKey;
  readonly sample: number;
  /** So that above zero speaks for the target. */
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** A map so that values above zero speak for the target. */
export function useOverlay(
  sample: number,
  map: RelevanceMap | undefined,
  { key, turned }: { key: OverlayKey | undefined; turned: boolean },
): Overlay | undefined {
  return useMemo(() => {
    if (!map || key === undefined) return undefined;
    const { width, height } = map;
    return { key, sample, width, height, values: turned ? map.values.map((value) => -value) : map.values };
  }, [sample, map, key, turned]);
}

/**
 * How the overlay's values become colors: by its own look, and by the maps it is shown with.
 * @param shared the ends of the colors where a layout has one scale for several maps.
 */
export function useColoring(overlay: Overlay | undefined, shared?: ValueRange): Coloring {
  const look = useOverlayLook(overlay?.key);
  const values = overlay?.values;
  const survey = useMemo(() => surveyMap(values ?? new Float32Array(0)), [values]);
  const cutoff = useMemo(() => findCutoff(values ?? new Float32Array(0), look.threshold), [values, look.threshold]);
  useShownMap(overlay && { sample: overlay.sample, ...survey });
  const ofCase = useCaseReach(overlay?.sample ?? -1);
  return useMemo(() => {
    if (shared) return { look, cutoff, hasSign: shared[0] < 0, reach: shared[1] };
    const reaches = { picture: survey.magnitude, case: ofCase.magnitude, fixed: look.fixed };
    const hasSign = look.range === 'case' ? ofCase.hasSign : survey.hasSign;
    return { look, cutoff, hasSign, reach: reaches[look.range] };
  }, [look, cutoff, survey, ofCase.magnitude, ofCase.hasSign, shared]);
}
