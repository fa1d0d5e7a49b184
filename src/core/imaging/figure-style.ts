import { getColorMap } from '#shared/color-maps.ts';
import type { ColorMap, ColorMapName } from '#shared/color-maps.ts';
import type { ValueRange } from '#shared/render-heatmap.ts';
import type { OverlayStyle } from './overlay.ts';
import type { RelevanceEffect } from '#shared/relevance-words.ts';

/** What a caller left open, filled with a color map of ours; range, level, opacity and smoothing keep their own defaults. */
export const completeStyle = (given: Partial<OverlayStyle> | undefined, colorMap: ColorMapName): OverlayStyle => ({
  colorMap: getColorMap(colorMap),
  ...given,
});

/** How many maps there are and whose values the colors' ends stand for. */
export type ScaleOwner = 'this map' | 'each map' | 'all maps';

interface ScaleNote {
  /** Default: this map. */
  readonly owner?: ScaleOwner;
  readonly isOverlay?: boolean;
  /** Default: evidence. */
  readonly effect?: RelevanceEffect | undefined;
}

const whatIsShown: Readonly<Record<RelevanceEffect, string>> = {
  evidence: 'they show where the evidence lies, not how much there is.',
  gradient: 'they show where brightness matters, not how much.',
};

const ownScale: Readonly<Record<ScaleOwner, (shown: string) => string>> = {
  'this map': (shown) => `Colors are scaled to this picture: ${shown}`,
  'each map': (shown) => `Colors are scaled to each map by itself: ${shown}`,
  'all maps': () => 'All maps share one scale of colors, so that their colors compare.',
};

const FIXED =
  'Colors have a fixed scale: they compare with figures of the same scale. Stronger values have the color of the end.';
const ZERO = 'All relevance is zero: nothing in the picture speaks for or against.';

/** How to read the colors, in sentences; `settled` are the values their ends stand for. */
export function describeScale(style: OverlayStyle, settled: ValueRange, note: ScaleNote = {}): readonly string[] {
  const { range = 'symmetric', opacity = 'magnitude', colorMap } = style;
  const { owner = 'this map', isOverlay = false, effect = 'evidence' } = note;
  if (settled.every((end) => end === 0)) return [ZERO];
  return [
    typeof range === 'string' ? ownScale[owner](whatIsShown[effect]) : FIXED,
    ...(isOffZero(colorMap, settled) ? ['The middle color is not zero.'] : []),
    ...(isOverlay && opacity === 'magnitude' ? ['Weak relevance is see-through.'] : []),
  ];
}

const isOffZero = ({ kind }: ColorMap, [low, high]: ValueRange): boolean => kind === 'diverging' && low !== -high;
