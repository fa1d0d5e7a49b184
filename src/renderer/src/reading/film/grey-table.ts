import { createCurve, type GreyWindow } from '#shared/grey-window.ts';
import { paddingCode, type CodedPicture } from './grey-codes.ts';

/** How values become grey: through the window, then turned or not, last of all (PS3.4 section N.2). */
export interface GreyShowing {
  readonly window: GreyWindow;
  /** The file's polarity and the reader's wish together. */
  readonly isTurned: boolean;
}

/** The level 0..255 of every code; padding is black. */
export function computeGreyTable(picture: CodedPicture, { window, isTurned }: GreyShowing): Uint8Array {
  const { low, step, count, hasPadding } = picture;
  const curve = createCurve(window);
  const table = new Uint8Array(hasPadding ? paddingCode + 1 : count);
  for (let code = 0; code < count; code++) {
    const level = Math.round(255 * curve(low + code * step));
    table[code] = isTurned ? 255 - level : level;
  }
  return table;
}

/** A rectangle of whole pixels. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The pixels of a box as RGBA, opaque. The image is good until the next call. */
export function renderBox(picture: CodedPicture, box: PixelBox, table: Uint8Array): ImageData {
  const image = borrowImage(box);
  const pixels = new Uint32Array(image.data.buffer);
  if (picture.channels === 1) fillGrey(pixels, picture, { box, table });
  else fillColor(pixels, picture, { box, table });
  return image;
}

let lastImage: ImageData | undefined;

/** While a window is dragged, images of one size follow each other; new memory for each would cost more than filling it. */
function borrowImage({ width, height }: PixelBox): ImageData {
  const image = lastImage?.width === width && lastImage.height === height ? lastImage : new ImageData(width, height);
  lastImage = image;
  return image;
}

interface Fill {
  readonly box: PixelBox;
  readonly table: Uint8Array;
}

/** As bytes lie in memory on every machine there is a browser for: alpha highest, then blue, green, red. */
const opaque = 0xff000000;

function fillGrey(pixels: Uint32Array, { codes, width }: CodedPicture, { box, table }: Fill): void {
  const greys = new Uint32Array(table.length);
  for (let code = 0; code < greys.length; code++) greys[code] = opaque | ((table[code] ?? 0) * 0x010101);
  let at = 0;
  for (let row = box.top; row < box.top + box.height; row++) {
    const end = row * width + box.left + box.width;
    for (let from = end - box.width; from < end; from++) pixels[at++] = greys[codes[from] ?? 0] ?? 0;
  }
}

function fillColor(pixels: Uint32Array, { codes, width }: CodedPicture, { box, table }: Fill): void {
  const level = (at: number): number => table[codes[at] ?? 0] ?? 0;
  let at = 0;
  for (let row = box.top; row < box.top + box.height; row++) {
    let from = 3 * (row * width + box.left);
    for (let column = 0; column < box.width; column++, from += 3) {
      pixels[at++] = opaque | (level(from + 2) << 16) | (level(from + 1) << 8) | level(from);
    }
  }
}
