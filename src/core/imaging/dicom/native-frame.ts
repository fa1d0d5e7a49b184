import { LightboxError } from '#shared/errors.ts';
import type { PixelLayout } from './pixel-layout.ts';
import type { RawFrame } from './raw-frame.ts';
import type { DicomHead, PixelElement } from './read-head.ts';

export interface NativeFrame {
  readonly head: Pick<DicomHead, 'encoding' | 'source'>;
  readonly pixels: PixelElement & { readonly length: number };
  readonly layout: PixelLayout;
  /** From 0. */
  readonly frame: number;
  readonly name: string;
}

/**
 * Read a frame of uncompressed pixels (PS3.5 section 8.1.1).
 * @throws LightboxError `picture/unreadable` where bytes are missing.
 */
export async function readNativeFrame(native: NativeFrame): Promise<RawFrame> {
  const { layout, head, pixels, frame } = native;
  const isSubsampled = hasHalfChroma(native);
  const pixelCount = layout.rows * layout.columns;
  const samples = pixelCount * (isSubsampled ? 2 : layout.samplesPerPixel);
  const length = (samples * layout.bitsAllocated) / 8;
  const bytes = await readBytes(native, frame * length, length);
  const words = layout.bitsAllocated === 8 ? bytes : toWords(bytes, head.encoding.isBigEndian);
  if (isSubsampled) return { words: doubleChroma(words, pixelCount), isPlanar: false, isRgb: false, warnings: [] };
  const isLonger = pixels.length > layout.frames * length + 1;
  const warning = 'The file holds more pixel bytes than its size and frames need; the rest was left out.';
  return { words, isPlanar: layout.isPlanar, isRgb: false, warnings: isLonger ? [warning] : [] };
}

/** YBR_FULL_422 stores two pixels as Y Y Cb Cr. Some files bear the name and hold every sample all the same. */
function hasHalfChroma({ layout, pixels, name }: NativeFrame): boolean {
  if (layout.photometric !== 'YBR_FULL_422') return false;
  const pixelCount = layout.rows * layout.columns;
  if (pixels.length >= pixelCount * 3 * layout.frames * (layout.bitsAllocated / 8)) return false;
  if (layout.columns % 2 === 1) {
    throw new LightboxError(
      'picture/unreadable',
      `${name} contradicts itself: YBR_FULL_422 with an odd number of columns; export it again.`,
    );
  }
  return true;
}

function doubleChroma(words: RawFrame['words'], pixelCount: number): RawFrame['words'] {
  const doubled = new (words instanceof Uint8Array ? Uint8Array : Uint16Array)(pixelCount * 3);
  for (let from = 0, to = 0; from < words.length; from += 4, to += 6) {
    const [first = 0, second = 0, blue = 0, red = 0] = words.subarray(from, from + 4);
    doubled.set([first, blue, red, second, blue, red], to);
  }
  return doubled;
}

/** Bytes of the pixel element, in the order of a little endian file. */
async function readBytes(native: NativeFrame, from: number, length: number): Promise<Uint8Array> {
  const { head, pixels, layout, name } = native;
  // In a big endian file 8-bit samples of type OW lie in words whose bytes are swapped.
  const isSwapped = head.encoding.isBigEndian && layout.bitsAllocated === 8 && pixels.representation === 'OW';
  const start = isSwapped ? from - (from % 2) : from;
  const end = isSwapped ? from + length + ((from + length) % 2) : from + length;
  const held = (await head.source(pixels.offset + end)).subarray(pixels.offset);
  const available = Math.min(held.length, pixels.length);
  if (available < from + length) {
    const sentence = `${name} is cut off: its pixels need ${from + length} bytes and ${available} are there; copy it again.`;
    throw new LightboxError('picture/unreadable', sentence);
  }
  const bytes = held.subarray(start, end);
  return isSwapped ? swapPairs(bytes).subarray(from - start, from - start + length) : bytes;
}

/** A copy with each two bytes exchanged; a last odd byte stays. */
function swapPairs(bytes: Uint8Array): Uint8Array {
  const swapped = Buffer.from(bytes);
  swapped.subarray(0, swapped.length - (swapped.length % 2)).swap16();
  return swapped;
}

function toWords(bytes: Uint8Array, isBigEndian: boolean): Uint16Array {
  const copy = new Uint8Array(bytes);
  if (isBigEndian) Buffer.from(copy.buffer).swap16();
  return new Uint16Array(copy.buffer);
}
