import { LightboxError } from '#shared/errors.ts';
import { undecodable } from '../decode-undamaged.ts';
import { decodeHighThroughput, decodeJpeg2000, decodeJpegLs } from './codec-frame.ts';
import { joinFrame, readFragments } from './encapsulated-frames.ts';
import { decodeJpeg } from './jpeg-frame.ts';
import { readNativeFrame } from './native-frame.ts';
import type { PixelLayout } from './pixel-layout.ts';
import type { EncodedFrame, RawFrame } from './raw-frame.ts';
import type { DicomHead } from './read-head.ts';
import { decodeRle } from './rle.ts';
import { findTransferSyntax } from './transfer-syntaxes.ts';
import type { PixelCodec } from './transfer-syntaxes.ts';

/** A frame of an opened file. */
export interface FrameRequest {
  readonly head: DicomHead;
  readonly layout: PixelLayout;
  /** From 0. */
  readonly frame: number;
  /** What messages call the file. */
  readonly name: string;
}

const decoders: Readonly<Record<Exclude<PixelCodec, 'native'>, (frame: EncodedFrame) => Promise<RawFrame> | RawFrame>> =
  {
    rle: decodeRle,
    jpeg: decodeJpeg,
    'jpeg-ls': decodeJpegLs,
    'jpeg-2000': decodeJpeg2000,
    htj2k: decodeHighThroughput,
  };

/**
 * Unpack one frame of a file.
 * @throws LightboxError `picture/unsupported` for an unknown transfer syntax, `picture/unreadable` for damage.
 */
export async function decodeFrame(request: FrameRequest): Promise<RawFrame> {
  const { head, layout, name } = request;
  const codec = findTransferSyntax(head.transferSyntaxUid)?.codec;
  if (!codec) {
    const uid = head.transferSyntaxUid;
    const sentence = `${name} has the transfer syntax ${uid}, which is not read; export it uncompressed.`;
    throw new LightboxError('picture/unsupported', sentence);
  }
  if (codec === 'native') return decodeNative(request);
  const bytes = await readCompressed(request);
  try {
    return await decoders[codec]({ bytes, layout, name });
  } catch (cause) {
    throw cause instanceof LightboxError ? cause : undecodable(name, cause);
  }
}

function decodeNative({ head, layout, frame, name }: FrameRequest): Promise<RawFrame> {
  const { pixels } = head;
  if (pixels?.length === undefined) throw contradiction(name, 'uncompressed', 'compressed pieces');
  return readNativeFrame({ head, pixels: { ...pixels, length: pixels.length }, layout, frame, name });
}

async function readCompressed({ head, layout, frame, name }: FrameRequest): Promise<Uint8Array> {
  const { pixels } = head;
  if (!pixels || pixels.length !== undefined) throw contradiction(name, 'compressed', 'one uncompressed piece');
  const fragments = readFragments(await head.source(Infinity), pixels.offset, name);
  return joinFrame(fragments, { frame, frames: layout.frames, name });
}

function contradiction(name: string, said: string, found: string): LightboxError {
  return new LightboxError(
    'picture/unreadable',
    `${name} says its pixels are ${said}, but they lie there as ${found}; export it again.`,
  );
}
