import createCharls from '@cornerstonejs/codec-charls/wasmjs';
import createOpenJpeg from '@cornerstonejs/codec-openjpeg/wasmjs';
import createOpenJph from '@cornerstonejs/codec-openjph/wasmjs';

/** For tests: pixels packed by the encoders that come with the decoders. */

export interface PlainPixels {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly precision: number;
  readonly isSigned?: boolean;
  /** One byte a sample up to 8 bits, else two. */
  readonly bytes: Uint8Array;
}

/** A codec makes the settings it is given its own. */
const createSilence = (): CodecSettings => ({ print: () => undefined, printErr: () => undefined });

function encode(encoder: PixelEncoder, pixels: PlainPixels): Uint8Array {
  const { width, height, precision, components, isSigned = false, bytes } = pixels;
  const shape = { width, height, bitsPerSample: precision, componentCount: components, isSigned };
  encoder.getDecodedBuffer({ ...shape, isUsingColorTransform: components === 3 }).set(bytes);
  encoder.encode();
  const stream = Uint8Array.from(encoder.getEncodedBuffer());
  encoder.delete();
  return stream;
}

/** Interleave modes: 0 planes, 1 lines, 2 samples. */
export async function writeJpegLs(pixels: PlainPixels, interleaveMode: number): Promise<Uint8Array> {
  const encoder = new (await createCharls(createSilence())).JpegLSEncoder();
  encoder.setNearLossless(0);
  encoder.setInterleaveMode(interleaveMode);
  return encode(encoder, pixels);
}

export async function writeJpeg2000(pixels: PlainPixels): Promise<Uint8Array> {
  const encoder = new (await createOpenJpeg(createSilence())).J2KEncoder();
  encoder.setQuality(true, 0);
  return encode(encoder, pixels);
}

export async function writeHighThroughput(pixels: PlainPixels): Promise<Uint8Array> {
  const encoder = new (await createOpenJph(createSilence())).HTJ2KEncoder();
  encoder.setQuality(true, 0);
  return encode(encoder, pixels);
}
