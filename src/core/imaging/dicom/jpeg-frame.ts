import { decodeUndamaged } from '../decode-undamaged.ts';
import { decodeDct } from './jpeg/decode-dct.ts';
import { decodeLossless } from './jpeg/decode-lossless.ts';
import { readJpeg } from './jpeg/read-jpeg.ts';
import type { Jpeg } from './jpeg/read-jpeg.ts';
import { checkStreamShape } from './raw-frame.ts';
import type { EncodedFrame, RawFrame } from './raw-frame.ts';

type JpegDecoder = (frame: EncodedFrame, jpeg: Jpeg) => Promise<RawFrame> | RawFrame;

/** Transfer syntaxes are mislabelled now and then, so the stream itself says which decoder it needs. */
const decoders: Readonly<Record<string, JpegDecoder>> = {
  'c0 8': decodeEightBits,
  'c1 8': decodeEightBits,
  'c2 8': decodeEightBits,
  'c1 12': (_, jpeg) => asRaw(decodeDct(jpeg)),
};
const [LOSSLESS, LONGEST_SAMPLE] = [0xc3, 16];

/**
 * Decode a frame of JPEG (ITU-T T.81): baseline, extended of 8 or 12 bits, lossless.
 * Throws LightboxError `picture/unreadable` or an error that says what is wrong with the stream.
 */
export async function decodeJpeg(frame: EncodedFrame): Promise<RawFrame> {
  const jpeg = readJpeg(frame.bytes);
  const { process, precision, width, height, components } = jpeg.frame;
  checkStreamShape({ width, height, precision, components: components.length }, frame.layout);
  if (process === LOSSLESS && precision >= 2 && precision <= LONGEST_SAMPLE) return asRaw(decodeLossless(jpeg));
  const decode = decoders[`${process.toString(16)} ${precision}`];
  if (!decode) throw new Error(`its kind of JPEG (SOF ${process - 0xc0}, ${precision} bits) is not read`);
  return decode(frame, jpeg);
}

const asRaw = (words: Uint16Array): RawFrame => ({ words, isPlanar: false, isRgb: false, warnings: [] });

/** As JPEG files outside DICOM are decoded, so that the same film gives the same pixels. */
async function decodeEightBits({ bytes, layout, name }: EncodedFrame, jpeg: Jpeg): Promise<RawFrame> {
  const isColor = layout.samplesPerPixel === 3;
  const stream = isColor && layout.photometric === 'RGB' && !jpeg.namesColors ? nameRgb(bytes) : bytes;
  const { pixels, damage } = await decodeUndamaged(Buffer.from(stream.buffer, stream.byteOffset, stream.length), {
    space: isColor ? 'srgb' : 'b-w',
    isUnturned: true,
    name,
  });
  if (pixels.channels !== layout.samplesPerPixel)
    throw new Error('its JPEG data hold other colors than its header says');
  return { words: pixels.bytes, isPlanar: false, isRgb: isColor, warnings: damage };
}

/** "Adobe", version 100, no flags, no color transform. */
const adobeRgb = Buffer.from([0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0]);

/** Decoders take three unnamed components for YCbCr; an Adobe marker tells them better. */
function nameRgb(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, 2), adobeRgb, bytes.subarray(2)]);
}
