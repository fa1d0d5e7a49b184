import { deflateRawSync } from 'node:zlib';
import { tags } from './tags.ts';

/** For tests: DICOM files written element by element, correct ones and others. */

type HandMadeValue = string | readonly number[] | Uint8Array | readonly (readonly HandMadeElement[])[];

/** A tag, its type, and text, 16-bit numbers, bytes, or the items of a sequence. */
export type HandMadeElement = readonly [tag: string, type: string, value: HandMadeValue];

/** Pixels in fragments, with an offset table where one is given. */
interface HandMadeFragments {
  readonly fragments: readonly Uint8Array[];
  readonly offsets?: readonly number[];
}

export interface HandMadeDicom {
  readonly elements: readonly HandMadeElement[];
  readonly pixels?: Uint8Array | HandMadeFragments;
  /** Type of uncompressed pixels. Default: OW. */
  readonly pixelType?: string;
  /** Default: explicit little endian. */
  readonly syntax?: string;
  /** Writes no preamble and no meta header. */
  readonly isBare?: boolean;
}

interface Encoding {
  readonly isExplicit: boolean;
  readonly isBigEndian: boolean;
}

const little: Encoding = { isExplicit: true, isBigEndian: false };
const longTypes = ['OB', 'OF', 'OV', 'OW', 'SQ', 'UN', 'UT'];
const UNDEFINED_LENGTH = 0xffff_ffff;

export const uids = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  deflated: '1.2.840.10008.1.2.1.99',
  bigEndian: '1.2.840.10008.1.2.2',
  rle: '1.2.840.10008.1.2.5',
  jpegBaseline: '1.2.840.10008.1.2.4.50',
  jpegExtended: '1.2.840.10008.1.2.4.51',
  jpegLossless: '1.2.840.10008.1.2.4.70',
  jpegLs: '1.2.840.10008.1.2.4.80',
  jpeg2000: '1.2.840.10008.1.2.4.90',
  htj2k: '1.2.840.10008.1.2.4.201',
} as const;

export function writeHandMadeDicom(plan: HandMadeDicom): Buffer {
  const { elements, pixels, pixelType = 'OW', syntax = uids.explicit, isBare = false } = plan;
  const encoding = { isExplicit: syntax !== uids.implicit, isBigEndian: syntax === uids.bigEndian };
  const sorted = [...elements].sort(([one], [other]) => (one < other ? -1 : 1));
  const body = Buffer.concat([
    ...sorted.map((element) => writeElement(element, encoding)),
    ...(pixels ? [writePixels(pixels, pixelType, encoding)] : []),
  ]);
  if (isBare) return body;
  const meta = writeElement([tags.transferSyntax, 'UI', syntax], little);
  const packed = syntax === uids.deflated ? deflateRawSync(body) : body;
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), meta, packed]);
}

function writePixels(pixels: Uint8Array | HandMadeFragments, type: string, encoding: Encoding): Buffer {
  if (pixels instanceof Uint8Array) return writeElement([tags.pixels, type, pixels], encoding);
  const table = Buffer.alloc((pixels.offsets?.length ?? 0) * 4);
  pixels.offsets?.forEach((offset, index) => table.writeUInt32LE(offset, index * 4));
  return Buffer.concat([
    writeHeader(tags.pixels, { type: 'OB', length: UNDEFINED_LENGTH }, encoding),
    ...[table, ...pixels.fragments].map((bytes) => writeItem(padded(bytes), encoding)),
    writeTag('xfffee0dd', encoding),
    Buffer.alloc(4),
  ]);
}

function writeElement([tag, type, value]: HandMadeElement, encoding: Encoding): Buffer {
  const bytes = padded(writeValue(value, encoding), type === 'UI' ? 0 : 0x20);
  return Buffer.concat([writeHeader(tag, { type, length: bytes.length }, encoding), bytes]);
}

function writeValue(value: HandMadeValue, encoding: Encoding): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (value instanceof Uint8Array) return value;
  const parts = value.map((part) =>
    typeof part === 'number'
      ? writeNumber(part & 0xffff, 2, encoding)
      : writeItem(Buffer.concat(part.map((element) => writeElement(element, encoding))), encoding),
  );
  return Buffer.concat(parts);
}

function writeHeader(tag: string, { type, length }: { type: string; length: number }, encoding: Encoding): Buffer {
  if (!encoding.isExplicit) return Buffer.concat([writeTag(tag, encoding), writeNumber(length, 4, encoding)]);
  const isLong = longTypes.includes(type);
  return Buffer.concat([
    writeTag(tag, encoding),
    Buffer.from(type),
    Buffer.alloc(isLong ? 2 : 0),
    writeNumber(length, isLong ? 4 : 2, encoding),
  ]);
}

function writeTag(tag: string, encoding: Encoding): Buffer {
  const [group, element] = [tag.slice(1, 5), tag.slice(5)].map((digits) => parseInt(digits, 16));
  return Buffer.concat([writeNumber(group ?? 0, 2, encoding), writeNumber(element ?? 0, 2, encoding)]);
}

const writeItem = (bytes: Uint8Array, encoding: Encoding): Buffer =>
  Buffer.concat([writeTag('xfffee000', encoding), writeNumber(bytes.length, 4, encoding), bytes]);

function writeNumber(value: number, length: number, { isBigEndian }: Encoding): Buffer {
  const bytes = Buffer.alloc(length);
  if (isBigEndian) bytes.writeUIntBE(value, 0, length);
  else bytes.writeUIntLE(value, 0, length);
  return bytes;
}

const padded = (bytes: Uint8Array, filler = 0): Uint8Array =>
  bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(filler)]);

/** How a hand-made picture is stored; what is not given is an unsigned grey picture that uses all its bits. */
export interface HandMadeLayout {
  readonly columns: number;
  readonly rows: number;
  readonly bitsAllocated?: number;
  readonly bitsStored?: number;
  readonly highBit?: number;
  readonly isSigned?: boolean;
  readonly photometric?: string;
  readonly samplesPerPixel?: number;
  readonly isPlanar?: boolean;
  readonly frames?: number;
}

/** The elements that describe a picture's pixels. */
export function layoutElements(layout: HandMadeLayout): HandMadeElement[] {
  const { columns, rows, bitsAllocated = 16, bitsStored = bitsAllocated, highBit = bitsStored - 1 } = layout;
  const { photometric = 'MONOCHROME2', samplesPerPixel = 1, isSigned = false, isPlanar, frames } = layout;
  return [
    [tags.samplesPerPixel, 'US', [samplesPerPixel]],
    [tags.photometric, 'CS', photometric],
    [tags.rows, 'US', [rows]],
    [tags.columns, 'US', [columns]],
    [tags.bitsAllocated, 'US', [bitsAllocated]],
    [tags.bitsStored, 'US', [bitsStored]],
    [tags.highBit, 'US', [highBit]],
    [tags.pixelRepresentation, 'US', [isSigned ? 1 : 0]],
    ...(isPlanar === undefined ? [] : [[tags.planarConfiguration, 'US', [isPlanar ? 1 : 0]] as const]),
    ...(frames === undefined ? [] : [[tags.frames, 'IS', String(frames)] as const]),
  ];
}

/** 16-bit words as bytes, low byte first. */
export const wordBytes = (words: ArrayLike<number>): Buffer => Buffer.from(Uint16Array.from(words).buffer);

/** A picture with further elements. */
export type HandMadePicture = Omit<HandMadeDicom, 'elements'> & {
  readonly layout: HandMadeLayout;
  readonly more?: readonly HandMadeElement[];
};

export const writeHandMadePicture = ({ layout, more = [], ...rest }: HandMadePicture): Buffer =>
  writeHandMadeDicom({ elements: [...layoutElements(layout), ...more], ...rest });
