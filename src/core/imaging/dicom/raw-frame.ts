import type { PixelLayout } from './pixel-layout.ts';

/** The samples of one frame, unpacked but not yet made sense of. */
export interface RawFrame {
  /** rows x columns x samples per pixel words; unused high bits may hold anything. */
  readonly words: Uint8Array | Uint16Array;
  /** One color after the other; otherwise pixel by pixel. */
  readonly isPlanar: boolean;
  /** The decoder has turned YBR into RGB. */
  readonly isRgb: boolean;
  readonly warnings: readonly string[];
}

/** One frame as a compressed stream. */
export interface EncodedFrame {
  readonly bytes: Uint8Array;
  readonly layout: PixelLayout;
  /** What messages call the file. */
  readonly name: string;
}

/** What a compressed stream says of itself. */
export interface StreamShape {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits per sample. */
  readonly precision: number;
}

/** Throws where a stream is not of the size its DICOM header says: nothing is allocated on the word of one alone. */
export function checkStreamShape(
  stream: StreamShape,
  { columns, rows, samplesPerPixel, bitsAllocated }: PixelLayout,
): void {
  const { width, height, components, precision } = stream;
  const isSame = width === columns && height === rows && components === samplesPerPixel;
  if (!isSame || precision > bitsAllocated) {
    const found = `${width} x ${height} pixels, ${components} x ${precision} bits`;
    const said = `${columns} x ${rows} pixels, ${samplesPerPixel} x ${bitsAllocated} bits`;
    throw new Error(`its compressed pixels are ${found}, its header says ${said}`);
  }
}
