import { limits } from '#shared/limits.ts';
import { readJpeg } from './jpeg/read-jpeg.ts';
import { readJpeg2000Header, unwrapJpeg2000 } from './jpeg-2000-header.ts';
import type { Jpeg2000Header } from './jpeg-2000-header.ts';
import { checkStreamShape } from './raw-frame.ts';
import type { EncodedFrame, RawFrame } from './raw-frame.ts';
import { runCodec } from './run-codec.ts';
import type { CodecName } from './run-codec.ts';

/** Decode a frame of JPEG-LS (ITU-T T.87). Throws an error that says what is wrong with it. */
export async function decodeJpegLs(frame: EncodedFrame): Promise<RawFrame> {
  const { frame: header, scans } = readJpeg(frame.bytes);
  const { width, height, precision, components } = header;
  checkStreamShape({ width, height, precision, components: components.length }, frame.layout);
  const words = await decodeWords('jpeg-ls', frame);
  const isPlanar = components.length > 1 && scans[0]?.selectionEnd === 0;
  return { words, isPlanar, isRgb: false, warnings: [] };
}

/** Decode a frame of JPEG 2000 (ITU-T T.800). Throws an error that says what is wrong with it. */
export const decodeJpeg2000 = (frame: EncodedFrame): Promise<RawFrame> => decodeCodestream('jpeg-2000', frame);

/** Decode a frame of high-throughput JPEG 2000 (ITU-T T.814). Throws an error that says what is wrong with it. */
export const decodeHighThroughput = (frame: EncodedFrame): Promise<RawFrame> => decodeCodestream('htj2k', frame);

async function decodeCodestream(codec: CodecName, frame: EncodedFrame): Promise<RawFrame> {
  const bytes = unwrapJpeg2000(frame.bytes);
  const header = readJpeg2000Header(bytes);
  checkStreamShape(header, frame.layout);
  const words = await decodeWords(codec, { ...frame, bytes });
  return { words, isPlanar: false, isRgb: isDecodedToRgb(header, frame), warnings: [] };
}

/** YBR_ICT and YBR_RCT name the color transform inside the stream (PS3.5 section 8.2.4), which is undone by then. */
function isDecodedToRgb({ hasColorTransform }: Jpeg2000Header, { layout: { photometric } }: EncodedFrame): boolean {
  return hasColorTransform || photometric === 'YBR_ICT' || photometric === 'YBR_RCT';
}

async function decodeWords(codec: CodecName, { bytes, layout }: EncodedFrame): Promise<RawFrame['words']> {
  const pixelCount = layout.columns * layout.rows;
  // Thirty times what a twelve-megapixel film takes: only a decoder that will never end is stopped.
  const { codecMs, codecMsPerPixel } = limits.dicom;
  const { pixels, shape } = await runCodec({ codec, bytes }, codecMs + pixelCount * codecMsPerPixel);
  checkStreamShape(shape, layout);
  const words = shape.precision > 8 ? new Uint16Array(pixels.buffer) : pixels;
  if (words.length !== pixelCount * layout.samplesPerPixel) throw new Error('its compressed pixels are incomplete');
  return words;
}
