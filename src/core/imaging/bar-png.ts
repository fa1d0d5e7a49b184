import { renderBar, type BarScale } from './color-bar.ts';
import type { PngDrawing } from './map-png.ts';
import { writePng } from './pixel-codec.ts';

const LENGTH = 512;

/** A color bar without a frame, its low end at the left, to be set into a figure. */
export async function renderBarPng(scale: Pick<BarScale, 'style' | 'isOverlay'>): Promise<PngDrawing> {
  const { rgb, width, height } = renderBar(scale, { length: LENGTH, isVertical: false });
  return { width, height, png: await writePng(rgb, width, height) };
}
