import { useView } from '../view-state.ts';
import { computeGreyTable, renderBox, type PixelBox } from './grey-table.ts';
import type { CodedPicture } from './grey-codes.ts';
import type { Film } from './load-picture.ts';
import { resolveWindow, useWindow } from './window-state.ts';

/** A canvas of more pixels is a burden to the browser. */
const mostPixels = 2 ** 26;
const bandPixels = 2 ** 20;

/** How often a picture is halved, so that it has no more than twice as many pixels a side as the screen shows. */
export function chooseLevel({ width, height }: CodedPicture, screenPixelsPerPixel: number): number {
  const wanted = Math.floor(Math.log2(1 / screenPixelsPerPixel));
  const needed = Math.ceil(Math.log2((width * height) / mostPixels) / 2);
  const most = Math.floor(Math.log2(Math.min(width, height)));
  return Math.min(Math.max(0, wanted, needed), Math.max(0, most));
}

interface Painting {
  readonly film: Film;
  readonly halvings: number;
}

/** Paints a film through the chosen window; only a box of its pixels where one is given. */
export function paint(canvas: HTMLCanvasElement, { film, halvings }: Painting, box: PixelBox | undefined): void {
  const picture = film.level(halvings);
  if (canvas.width !== picture.width || canvas.height !== picture.height) {
    canvas.width = picture.width;
    canvas.height = picture.height;
  }
  const context = canvas.getContext('2d', { alpha: false });
  const { window } = resolveWindow(useWindow.getState(), film.presets, film.scale);
  const isTurned = (film.facts.grey?.isInverted ?? false) !== useView.getState().inverted;
  const table = computeGreyTable(picture, { window, isTurned });
  for (const band of cutBands(box ? scaleBox(box, picture, film.picture) : { left: 0, top: 0, ...picture })) {
    context?.putImageData(renderBox(picture, band, table), band.left, band.top);
  }
}

function scaleBox(box: PixelBox, to: CodedPicture, from: CodedPicture): PixelBox {
  const [x, y] = [to.width / from.width, to.height / from.height];
  const [left, top] = [Math.floor(box.left * x), Math.floor(box.top * y)];
  const right = Math.min(to.width, Math.ceil((box.left + box.width) * x));
  const bottom = Math.min(to.height, Math.ceil((box.top + box.height) * y));
  return { left, top, width: right - left, height: bottom - top };
}

function cutBands({ left, top, width, height }: PixelBox): readonly PixelBox[] {
  if (width <= 0 || height <= 0) return [];
  const rows = Math.max(1, Math.floor(bandPixels / width));
  return Array.from({ length: Math.ceil(height / rows) }, (_, band) => ({
    ...{ left, width, top: top + band * rows },
    height: Math.min(rows, height - band * rows),
  }));
}
