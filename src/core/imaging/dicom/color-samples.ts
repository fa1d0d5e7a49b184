import { countWords, toStoredValue } from './stored-values.ts';
import type { PixelLayout } from './pixel-layout.ts';
import type { Palette } from './palette.ts';
import type { RawFrame } from './raw-frame.ts';

/** The pixels of a color frame as rows x columns x RGB of 8 bits. */
export function toRgb(frame: RawFrame, layout: PixelLayout): Uint8Array {
  const bytes = toBytes(frame.words, layout);
  const interleaved = frame.isPlanar ? interleave(bytes) : bytes;
  const isRgb = frame.isRgb || layout.photometric === 'RGB';
  return isRgb ? interleaved : convertYbr(interleaved);
}

/** The pixels of a PALETTE COLOR frame as rows x columns x RGB of 8 bits. */
export function applyPalette({ words }: RawFrame, layout: PixelLayout, palette: Palette): Uint8Array {
  const colors = new Uint8Array(countWords(layout) * 3);
  for (let at = 0; at < colors.length; at += 3) colors.set(palette(toStoredValue(at / 3, layout)), at);
  const rgb = new Uint8Array(words.length * 3);
  words.forEach((word, pixel) => {
    rgb[pixel * 3] = colors[word * 3] ?? 0;
    rgb[pixel * 3 + 1] = colors[word * 3 + 1] ?? 0;
    rgb[pixel * 3 + 2] = colors[word * 3 + 2] ?? 0;
  });
  return rgb;
}

/** Color samples are spread over, or cut to, 8 bits. */
function toBytes(words: RawFrame['words'], layout: PixelLayout): Uint8Array {
  const white = 2 ** layout.bitsStored - 1;
  const unsigned = { ...layout, isSigned: false };
  const levels = new Uint8Array(countWords(layout)).map((_, word) => {
    const value = toStoredValue(word, unsigned);
    return layout.bitsStored < 8 ? Math.round((value * 255) / white) : value >> (layout.bitsStored - 8);
  });
  const bytes = new Uint8Array(words.length);
  for (let at = 0; at < words.length; at++) bytes[at] = levels[words[at] ?? 0] ?? 0;
  return bytes;
}

function interleave(planes: Uint8Array): Uint8Array {
  const pixelCount = planes.length / 3;
  const bytes = new Uint8Array(planes.length);
  for (let pixel = 0, to = 0; pixel < pixelCount; pixel++) {
    for (let plane = 0; plane < 3; plane++) bytes[to++] = planes[plane * pixelCount + pixel] ?? 0;
  }
  return bytes;
}

/** YBR_FULL to RGB (PS3.3 section C.7.6.3.1.2): ITU-R BT.601, chroma about 128. */
function convertYbr(ybr: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray(ybr.length);
  for (let at = 0; at < ybr.length; at += 3) {
    const [luma, blue, red] = [ybr[at] ?? 0, (ybr[at + 1] ?? 0) - 128, (ybr[at + 2] ?? 0) - 128];
    rgb[at] = luma + 1.402 * red;
    rgb[at + 1] = luma - 0.344136 * blue - 0.714136 * red;
    rgb[at + 2] = luma + 1.772 * blue;
  }
  return new Uint8Array(rgb.buffer);
}
