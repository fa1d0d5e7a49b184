import type { Region } from './model-view.ts';

export type Color = readonly [red: number, green: number, blue: number];

/** RGB pixels, three bytes each, row by row; drawing functions write into them. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface Point {
  readonly left: number;
  readonly top: number;
}

export function createCanvas(width: number, height: number, color: Color): Canvas {
  const canvas = { width, height, rgb: new Uint8Array(width * height * 3) };
  fillRectangle(canvas, { left: 0, top: 0, width, height }, color);
  return canvas;
}

/** Fills whole pixels; what lies outside the canvas is left out. */
export function fillRectangle(canvas: Canvas, { left, top, width, height }: Region, color: Color): void {
  for (let y = Math.max(0, top); y < Math.min(canvas.height, top + height); y++) {
    for (let x = Math.max(0, left); x < Math.min(canvas.width, left + width); x++) {
      canvas.rgb.set(color, (y * canvas.width + x) * 3);
    }
  }
}

/** Copies another canvas in; it must lie inside. */
export function placeCanvas(canvas: Canvas, piece: Canvas, { left, top }: Point): void {
  for (let row = 0; row < piece.height; row++) {
    const from = row * piece.width * 3;
    canvas.rgb.set(piece.rgb.subarray(from, from + piece.width * 3), ((top + row) * canvas.width + left) * 3);
  }
}

/** Mixes a color into one pixel; a pixel outside the canvas is left out. */
export function blendPixel(
  canvas: Canvas,
  { left, top }: Point,
  { color, opacity }: { color: Color; opacity: number },
): void {
  if (left < 0 || top < 0 || left >= canvas.width || top >= canvas.height) return;
  const at = (top * canvas.width + left) * 3;
  color.forEach((channel, index) => {
    const below = canvas.rgb[at + index] ?? 0;
    canvas.rgb[at + index] = Math.round(below + (channel - below) * opacity);
  });
}
