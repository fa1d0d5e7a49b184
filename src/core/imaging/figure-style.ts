import { getColorMap } from '#shared/color-maps.ts';
import type { ColorMapName } from '#shared/color-maps.ts';
import type { RangeChoice, ValueRange } from '#shared/render-heatmap.ts';
import type { OverlayStyle } from './overlay.ts';

/** What a caller left open, filled with a color map of ours; range, level, opacity and smoothing keep their own defaults. */
export const completeStyle = (given: Partial<OverlayStyle> | undefined, colorMap: ColorMapName): OverlayStyle => ({
  colorMap: getColorMap(colorMap),
  ...given,
});

const rangeNames: Readonly<Record<Exclude<RangeChoice, ValueRange>, string>> = {
  symmetric: 'symmetric about zero',
  'from-zero': 'from zero to the largest value',
  'min-max': 'from the smallest to the largest value',
};

interface ScaleNote {
  /** Whose values the colors' ends stand for. Default: this map. */
  readonly owner?: string;
  readonly isOverlay?: boolean;
}

/** `Scale: this map, symmetric about zero · opacity follows magnitude`: how to read the colors. */
export function describeScale(
  { range = 'symmetric', opacity = 'magnitude' }: OverlayStyle,
  note: ScaleNote = {},
): string {
  const { owner = 'this map', isOverlay = false } = note;
  const scale = typeof range === 'string' ? `Scale: ${owner}, ${rangeNames[range]}` : 'Scale: fixed';
  return isOverlay && opacity === 'magnitude' ? `${scale} \u00b7 opacity follows magnitude` : scale;
}
