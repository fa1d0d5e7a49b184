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

/** The pixels of a box as RGBA, opaque. */
export function renderBox({ codes, width, channels }: CodedPicture, box: PixelBox, table: Uint8Array): ImageData {
  const image = new ImageData(box.width, box.height);
  const pixels = new Uint32Array(image.data.buffer);
  // Bytes lie in memory as alpha, blue, green, red from the highest on every machine there is a browser for.
  const greys = Uint32Array.from(table, (level) => 0xff000000 | (level * 0x010101));
  let at = 0;
  for (let row = box.top; row < box.top + box.height; row++) {
    let from = (row * width + box.left) * channels;
    for (let column = 0; column < box.width; column++, from += channels) {
      pixels[at++] =
        channels === 1
          ? (greys[codes[from] ?? 0] ?? 0)
          : 0xff000000 |
            ((table[codes[from + 2] ?? 0] ?? 0) << 16) |
            ((table[codes[from + 1] ?? 0] ?? 0) << 8) |
            (table[codes[from] ?? 0] ?? 0);
    }
  }
  return image;
}
