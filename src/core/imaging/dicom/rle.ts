import type { EncodedFrame, RawFrame } from './raw-frame.ts';

const HEADER_LENGTH = 64;
/** Two bytes of RLE stand for no more than this many bytes. */
const LONGEST_RUN = 128;

/**
 * Decode a frame of RLE (PS3.5 annex G): one segment per byte of a sample, high bytes first, one sample after the other.
 * Throws where segments are missing or end early.
 */
export function decodeRle({ bytes, layout }: EncodedFrame): RawFrame {
  const pixelCount = layout.rows * layout.columns;
  const bytesPerSample = layout.bitsAllocated / 8;
  const segments = splitSegments(bytes, layout.samplesPerPixel * bytesPerSample);
  if (bytes.length * (LONGEST_RUN / 2) < pixelCount) throw new Error('its RLE data end early');
  const planes = segments.map((segment) => unpackBits(segment, pixelCount));
  return { words: joinPlanes(planes, bytesPerSample), isPlanar: true, isRgb: false, warnings: [] };
}

function splitSegments(bytes: Uint8Array, count: number): Uint8Array[] {
  if (bytes.length < HEADER_LENGTH) throw new Error('its RLE header is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stated = view.getUint32(0, true);
  if (stated !== count) throw new Error(`its RLE data have ${stated} segments instead of ${count}`);
  const starts = Array.from({ length: count }, (_, index) => view.getUint32(4 + index * 4, true));
  return starts.map((start, index) => bytes.subarray(start, starts[index + 1] ?? bytes.length));
}

/** The PackBits scheme: a count byte, then bytes to copy or one byte to repeat. */
function unpackBits(segment: Uint8Array, length: number): Uint8Array {
  const plane = new Uint8Array(length);
  let [at, filled] = [0, 0];
  while (filled < length) {
    const count = segment[at++];
    if (count === undefined) throw new Error('its RLE data end early');
    if (count === 128) continue;
    const run = count < 128 ? count + 1 : 257 - count;
    const source = count < 128 ? segment.subarray(at, at + run) : segment.subarray(at, at + 1);
    if (source.length < (count < 128 ? run : 1)) throw new Error('its RLE data end early');
    const target = plane.subarray(filled, filled + run);
    if (count < 128) target.set(source.subarray(0, target.length));
    else target.fill(source[0] ?? 0);
    at += source.length;
    filled += run;
  }
  return plane;
}

/** Planes of bytes as planes of samples. */
function joinPlanes(planes: readonly Uint8Array[], bytesPerSample: number): Uint8Array | Uint16Array {
  if (bytesPerSample === 1) return Buffer.concat(planes);
  const length = planes[0]?.length ?? 0;
  const words = new Uint16Array((planes.length / 2) * length);
  planes.forEach((plane, index) => {
    const from = (index >> 1) * length;
    const shift = index % 2 === 0 ? 8 : 0;
    for (let at = 0; at < length; at++) words[from + at] = (words[from + at] ?? 0) | ((plane[at] ?? 0) << shift);
  });
  return words;
}
