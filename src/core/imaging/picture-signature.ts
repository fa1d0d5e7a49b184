import { findDicomStart } from './dicom/recognize-dicom.ts';
import type { PictureFormat } from './picture.ts';

/** What the first bytes of a file say it is: a readable format, or the name of one that is not read and what to do. */
export type PictureSignature =
  | { readonly kind: 'readable'; readonly format: PictureFormat }
  | { readonly kind: 'refused'; readonly sentence: string };

interface Signature {
  readonly isMatch: (bytes: Uint8Array) => boolean;
  readonly answer: PictureSignature;
}

const hasBytes = (bytes: Uint8Array, offset: number, expected: readonly number[]): boolean =>
  expected.every((value, index) => bytes[offset + index] === value);

const hasText = (bytes: Uint8Array, offset: number, text: string): boolean =>
  hasBytes(
    bytes,
    offset,
    Array.from(text, (letter) => letter.charCodeAt(0)),
  );

const readable = (format: PictureFormat): PictureSignature => ({ kind: 'readable', format });
const refused = (sentence: string): PictureSignature => ({ kind: 'refused', sentence });

const tiffHeaders = [
  [0x49, 0x49, 0x2a, 0],
  [0x4d, 0x4d, 0, 0x2a],
  [0x49, 0x49, 0x2b, 0],
  [0x4d, 0x4d, 0, 0x2b],
];

const heifBrands = ['heic', 'heix', 'hevc', 'mif1', 'msf1', 'avif', 'avis'];
const isHeif = (bytes: Uint8Array): boolean =>
  hasText(bytes, 4, 'ftyp') && heifBrands.some((brand) => hasText(bytes, 8, brand));

const openingText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, 4096))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();

const isSvg = (bytes: Uint8Array): boolean => {
  const text = openingText(bytes);
  return text.startsWith('<') && /<(\w+:)?svg[\s>]/i.test(text);
};

const isPlainText = (bytes: Uint8Array): boolean =>
  bytes.subarray(0, 4096).every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);

const saveAsPng = 'save it as PNG, JPEG or TIFF';

const signatures: readonly Signature[] = [
  // Before TIFF: a DICOM file's preamble may pose as one.
  { isMatch: (bytes) => findDicomStart(bytes) !== undefined, answer: readable('dicom') },
  { isMatch: (bytes) => hasBytes(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), answer: readable('png') },
  {
    isMatch: (bytes) => hasBytes(bytes, 0, [0xff, 0xd8, 0xff, 0xf7]),
    answer: refused(`is a bare JPEG-LS stream; ${saveAsPng}`),
  },
  { isMatch: (bytes) => hasBytes(bytes, 0, [0xff, 0xd8, 0xff]), answer: readable('jpeg') },
  { isMatch: (bytes) => tiffHeaders.some((header) => hasBytes(bytes, 0, header)), answer: readable('tiff') },
  { isMatch: isHeif, answer: refused(`is a HEIC/HEIF picture; ${saveAsPng}`) },
  {
    isMatch: (bytes) => hasText(bytes, 4, 'jP  ') || hasBytes(bytes, 0, [0xff, 0x4f, 0xff, 0x51]),
    answer: refused(`is a JPEG 2000 picture; ${saveAsPng}`),
  },
  { isMatch: (bytes) => hasText(bytes, 0, '%PDF'), answer: refused(`is a PDF document; ${saveAsPng}`) },
  { isMatch: (bytes) => hasText(bytes, 0, 'GIF8'), answer: refused(`is a GIF picture; ${saveAsPng}`) },
  {
    isMatch: (bytes) => hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP'),
    answer: refused(`is a WebP picture; ${saveAsPng}`),
  },
  {
    isMatch: (bytes) => hasText(bytes, 0, 'BM') && hasBytes(bytes, 6, [0, 0, 0, 0]),
    answer: refused(`is a BMP picture; ${saveAsPng}`),
  },
  { isMatch: (bytes) => hasText(bytes, 0, 'PK\u0003\u0004'), answer: refused('is a ZIP archive; unpack it first') },
  {
    isMatch: (bytes) => hasBytes(bytes, 0, [0x1f, 0x8b]),
    answer: refused('is gzip-compressed; unpack it first'),
  },
  {
    isMatch: (bytes) => hasText(bytes, 0, '\u0093NUMPY'),
    answer: refused('is a NumPy array, not a picture; save its pixels as PNG or TIFF'),
  },
  {
    isMatch: isSvg,
    answer: refused(`is an SVG drawing, which may carry scripts and links and is not read; ${saveAsPng}`),
  },
  { isMatch: isPlainText, answer: refused('is a text file, not a picture') },
];

const unknown = refused(`is not a picture in a known format; ${saveAsPng}`);

/** Recognise a picture by its content; the file's extension plays no part. */
export function identifyPicture(bytes: Uint8Array): PictureSignature {
  return signatures.find((signature) => signature.isMatch(bytes))?.answer ?? unknown;
}
