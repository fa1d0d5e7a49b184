import { darkColorMap, defaultColorMap, getColorMap, positiveColorMap, type ColorMap } from '#shared/color-maps.ts';
import { findRange, type ValueRange } from '#shared/render-heatmap.ts';
import type { ComputedPanel } from './computed-panel.ts';
import type { FigureLookChoice } from './figure-recipe.ts';

/** The colors of a figure's maps: one color map, and the range of each map by panel, case and row. */
export interface FigureScale {
  readonly colorMap: ColorMap;
  readonly rangeOf: (place: MapPlace) => ValueRange;
  /** Whether all maps have one range. */
  readonly shared: ValueRange | undefined;
  readonly isSigned: boolean;
}

export interface MapPlace {
  readonly panel: number;
  readonly row: number;
  readonly values: Float32Array;
}

/** Colors about zero unless no map has relevance below it. Throws `request/invalid` for an unknown color map or a falling range. */
export function scaleMaps(panels: readonly ComputedPanel[], look: FigureLookChoice): FigureScale {
  const isSigned = listMaps(panels).some((values) => values.some((value) => value < 0));
  const isDark = look.show === 'overlay' || (look.theme ?? (look.widthMm === undefined ? 'dark' : 'print')) === 'dark';
  const usual = isSigned ? (isDark ? darkColorMap : defaultColorMap) : positiveColorMap;
  const choice = isSigned || look.colorMap !== undefined ? 'symmetric' : 'from-zero';
  const fixed = look.range ? findRange([new Float32Array(1)], look.range) : undefined;
  const shared = fixed ?? (look.scale === 'all' ? findRange(listMaps(panels), choice) : undefined);
  const rangeOf = ({ panel, row, values }: MapPlace): ValueRange => {
    if (shared) return shared;
    return findRange(look.scale === 'row' ? listRow(panels[panel], row) : [values], choice);
  };
  return { colorMap: getColorMap(look.colorMap ?? usual), rangeOf, shared, isSigned };
}

const listMaps = (panels: readonly ComputedPanel[]): readonly Float32Array[] =>
  panels.flatMap(({ cases }) => cases.flatMap(({ maps }) => maps.flatMap((map) => (map ? [map.values] : []))));

const listRow = (panel: ComputedPanel | undefined, row: number): readonly Float32Array[] =>
  panel?.cases.flatMap(({ maps }) => maps[row]?.values ?? []) ?? [];

/** Relevance weaker than a share of the range's end is shown as none. */
export function cutBelow(values: Float32Array, threshold: number, [low, high]: ValueRange): Float32Array {
  const least = threshold * Math.max(Math.abs(low), Math.abs(high));
  return threshold === 0 ? values : values.map((value) => (Math.abs(value) < least ? 0 : value));
}
