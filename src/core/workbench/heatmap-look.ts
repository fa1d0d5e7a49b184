import { darkColorMap, defaultColorMap, getColorMap, positiveColorMap, type ColorMap } from '#shared/color-maps.ts';
import { findRange, type HeatmapStyle, type RangeChoice, type ValueRange } from '#shared/render-heatmap.ts';

/** How one map is drawn, alone and over its picture. */
export interface HeatmapLook {
  readonly heatmap: HeatmapStyle;
  readonly overlay: HeatmapStyle;
  readonly record: { readonly colorMap: string; readonly range: ValueRange };
}

/**
 * A diverging map about zero for relevance of both signs, a sequential one from zero where no value is negative; both range over
 * this one map's own values unless asked otherwise, and the color bar says so in numbers.
 */
export function chooseLook(
  values: Float32Array,
  asked: { colorMap?: string | undefined; range?: RangeChoice | undefined },
): HeatmapLook {
  const positiveOnly = values.every((value) => value >= 0) && values.some((value) => value > 0);
  const range = asked.range ?? (positiveOnly ? 'from-zero' : 'symmetric');
  const named = asked.colorMap === undefined ? undefined : getColorMap(asked.colorMap);
  const alone = named ?? getColorMap(positiveOnly ? positiveColorMap : defaultColorMap);
  const above: ColorMap = named ?? getColorMap(positiveOnly ? positiveColorMap : darkColorMap);
  return {
    heatmap: { colorMap: alone, range },
    overlay: { colorMap: above, range },
    record: { colorMap: alone.name, range: findRange([values], range) },
  };
}
