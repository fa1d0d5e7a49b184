import { darkColorMap, defaultColorMap, getColorMap, positiveColorMap, type ColorMap } from '#shared/color-maps.ts';
import { findRange, type RangeChoice, type ValueRange } from '#shared/render-heatmap.ts';

/** Colors of the figures, as the record keeps them. */
export interface HeatmapLook {
  readonly colorMap: { readonly heatmap: string; readonly overlay: string };
  /** Values the ends of the color maps stand for. */
  readonly range: ValueRange;
  /** Whether the figures show relevance with its sign turned, so that above zero speaks for the class; the arrays keep the sign. */
  readonly turned: boolean;
}

export interface LookRequest {
  readonly colorMap?: string | undefined;
  readonly range?: RangeChoice | undefined;
}

/** A map as it is shown. */
export interface ShownMap {
  readonly values: Float32Array;
  readonly turned: boolean;
}

interface FigureStyle {
  readonly colorMap: ColorMap;
  readonly range: RangeChoice;
}

export interface ChosenLook {
  readonly look: HeatmapLook;
  readonly heatmap: FigureStyle;
  readonly overlay: FigureStyle;
}

/**
 * What the user asked for; else relevance with a sign about zero (dark ground over the picture), and relevance that is never
 * negative from zero up. Throws `request/invalid` for an unknown color map.
 */
export function chooseLook({ colorMap, range }: LookRequest, { values, turned }: ShownMap): ChosenLook {
  const hasSign = values.some((value) => value < 0);
  const [light, dark] = hasSign ? [defaultColorMap, darkColorMap] : [positiveColorMap, positiveColorMap];
  const choice: RangeChoice = range ?? (hasSign || colorMap !== undefined ? 'symmetric' : 'from-zero');
  const colors = { heatmap: colorMap ?? light, overlay: colorMap ?? dark };
  return {
    look: { colorMap: colors, range: findRange([values], choice), turned },
    heatmap: { colorMap: getColorMap(colors.heatmap), range: choice },
    overlay: { colorMap: getColorMap(colors.overlay), range: choice },
  };
}
