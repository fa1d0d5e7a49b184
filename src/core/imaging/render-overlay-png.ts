import { chooseDrawingSize, regionOf, scaleStyle, type ExplainedPicture } from './figure-panels.ts';
import { renderOverlay, type OverlayStyle } from './overlay.ts';
import { writePng } from './pixel-codec.ts';
import type { Size } from './resample.ts';

const SIDE = 448;

/** A heatmap over its picture, without a frame: to be set into a figure. Throws `request/invalid` for a map that cannot be shown. */
export async function renderOverlayPng(
  explained: ExplainedPicture & {
    readonly style: OverlayStyle;
    /** Pixels of the shorter side, at least; 448 when not given. */
    readonly side?: number | undefined;
  },
): Promise<Size & { readonly png: Buffer }> {
  const { picture, heatmap, style, side = SIDE } = explained;
  const size = chooseDrawingSize(explained, side);
  const { rgb, width, height } = renderOverlay(
    { picture, heatmap, region: regionOf(explained), size },
    scaleStyle(style, [heatmap]),
  );
  return { width, height, png: await writePng(rgb, width, height) };
}
