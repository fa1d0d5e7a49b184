import { renderHeatmap } from '#shared/render-heatmap.ts';
import type { HeatmapStyle } from '#shared/render-heatmap.ts';
import { checkHeatmap } from './heatmap.ts';
import type { Heatmap } from './heatmap.ts';
import { writePng } from './pixel-codec.ts';
import type { Picture } from './picture.ts';
import type { Planes } from './planes.ts';
import type { Size } from './resample.ts';

/** A PNG without a frame, to be set into a figure. */
export interface PngDrawing extends Size {
  readonly png: Buffer;
}

/** A heatmap alone, a pixel for each value. @throws LightboxError `request/invalid` for a map that cannot be shown. */
export async function renderMapPng(heatmap: Heatmap, style: HeatmapStyle): Promise<PngDrawing> {
  checkHeatmap(heatmap);
  const { width, height, values } = heatmap;
  return { width, height, png: await writePng(renderHeatmap(values, style).rgb, width, height) };
}

/** What the model sees, a pixel for each value. */
export async function renderPlanesPng(planes: Planes): Promise<PngDrawing> {
  const { width, height, samples } = showPlanes(planes);
  return { width, height, png: await writePng(Uint8Array.from(samples), width, height) };
}

/** What the model sees as a picture of 8 bits; what lies beyond black and white is cut off. */
export function showPlanes({ width, height, channels, values }: Planes): Picture {
  const pixels = width * height;
  const samples = new Uint8Array(values.length).map((_, at) => {
    const value = values[(at % channels) * pixels + Math.floor(at / channels)] ?? 0;
    return Math.round(255 * Math.min(1, Math.max(0, value)));
  });
  return { width, height, channels, depth: 8, samples, format: 'png', sha256: '', warnings: [] };
}
