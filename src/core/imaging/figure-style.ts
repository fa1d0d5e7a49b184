import { getColorMap } from '#shared/color-maps.ts';
import type { ColorMapName } from '#shared/color-maps.ts';
import type { RangeChoice, ValueRange } from '#shared/render-heatmap.ts';
import type { OverlayStyle } from './overlay.ts';

/** A style in which the range is settled as two numbers. */
export type ScaledStyle = OverlayStyle & { readonly range: ValueRange };

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

/** `Scale: this map, symmetric about zero`: whose values the ends of the colors stand for. */
export function describeScale({ range = 'symmetric' }: Pick<OverlayStyle, 'range'>, owner = 'this map'): string {
  return typeof range === 'string' ? `Scale: ${owner}, ${rangeNames[range]}` : 'Scale: fixed';
}
