import { hash } from 'node:crypto';
import { basename } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { decodeUndamaged, undecodable } from './decode-undamaged.ts';
import { decodeDicom } from './dicom/decode-dicom.ts';
import { renderDicom, type WindowChoice } from './dicom/render-dicom.ts';
import { loadPictureFile } from './picture-file.ts';
import { checkPictureSize } from './picture-limits.ts';
import { identifyPicture } from './picture-signature.ts';
import type { Picture, PictureFormat } from './picture.ts';
import { readPictureHeader } from './pixel-codec.ts';
import type { DecodedPixels, DecodeSettings, PictureHeader } from './pixel-codec.ts';
import { decodePlainPng } from './plain-png.ts';
import { hasAnimationChunk } from './png-chunks.ts';
import { splitAlpha } from './split-alpha.ts';

/** Which part of a DICOM file is shown, and how. */
export interface ShownPart {
  /** From 0; the first by default. */
  readonly frame?: number;
  /** The file's first by default. */
  readonly window?: WindowChoice;
}

/**
 * Load a PNG, JPEG, TIFF or DICOM file from disk, recognised by content. Of a DICOM file this is the first frame, its grey
 * levels as the file's own first window or lookup table shows them (docs/dicom.md).
 * @throws LightboxError `picture/not-found`, `picture/unreadable` (damaged, folder, no permission) or
 * `picture/unsupported` (another format, another sample type, too large).
 */
export async function decodePicture(path: string, shown: ShownPart = {}): Promise<Picture> {
  const name = basename(path);
  return decodePictureBytes(await loadPictureFile(path), name, shown);
}

/**
 * Decode a picture from its file's bytes.
 * @param name what messages call the picture, usually its file name.
 * @throws LightboxError as {@link decodePicture}.
 */
export async function decodePictureBytes(bytes: Uint8Array, name: string, shown: ShownPart = {}): Promise<Picture> {
  if (bytes.length === 0) throw new LightboxError('picture/unreadable', `${name} is empty; copy the picture again.`);
  const signature = identifyPicture(bytes);
  if (signature.kind === 'refused') throw new LightboxError('picture/unsupported', `${name} ${signature.sentence}.`);
  if (signature.format === 'dicom') return showDicom(bytes, name, shown);
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const plain = signature.format === 'png' ? decodePlainPng(file) : undefined;
  const decoded = plain
    ? { pixels: plain, depth: 8 as const, warnings: [] }
    : await decodeWithLibrary(file, name, signature.format);
  const { pixels, depth } = decoded;
  const { channels, samples, warnings } = splitAlpha(pixels, depth);
  return {
    width: pixels.width,
    height: pixels.height,
    channels,
    depth,
    samples,
    format: signature.format,
    sha256: hash('sha256', file),
    warnings: [...decoded.warnings, ...warnings, ...(Object.keys(shown).length > 0 ? [notDicom] : [])],
  };
}

const notDicom = 'The picture is no DICOM file: the chosen frame and window do not apply to it.';

async function showDicom(bytes: Uint8Array, name: string, { frame, window }: ShownPart): Promise<Picture> {
  const picture = await decodeDicom(bytes, name, frame === undefined ? {} : { frame });
  return renderDicom(picture, window === undefined ? {} : { window });
}

interface DecodedFile {
  readonly pixels: DecodedPixels;
  readonly depth: 8 | 16;
  readonly warnings: readonly string[];
}

async function decodeWithLibrary(file: Buffer, name: string, format: PictureFormat): Promise<DecodedFile> {
  const header = await readHeader(file, name);
  const settings = chooseDecoding(header, name);
  const { pixels, damage } = await decodeUndamaged(file, { ...settings, name });
  return { pixels, depth: settings.depth, warnings: [...headerWarnings(header, format, file), ...damage] };
}

async function readHeader(file: Buffer, name: string): Promise<PictureHeader> {
  try {
    return await readPictureHeader(file);
  } catch (cause) {
    throw undecodable(name, cause);
  }
}

type Decoding = Pick<DecodeSettings, 'space'> & { readonly depth: 8 | 16 };

/** How each (color space, sample type) is decoded; what is not listed is not a grey or color picture of 8 or 16 bit. */
const decodings: Readonly<Record<string, Decoding>> = {
  'b-w uchar': { space: 'b-w', depth: 8 },
  'srgb uchar': { space: 'srgb', depth: 8 },
  'cmyk uchar': { space: 'srgb', depth: 8 },
  'grey16 ushort': { space: 'grey16', depth: 16 },
  'rgb16 ushort': { space: 'rgb16', depth: 16 },
};

function chooseDecoding(header: PictureHeader, name: string): Decoding {
  const { channels, space, sampleType } = header;
  const unsupported = (problem: string): never => {
    throw new LightboxError('picture/unsupported', `${name} ${problem}; save it as 8- or 16-bit grey or RGB.`);
  };
  checkPictureSize(name, header);
  const bands = space === 'b-w' || space === 'grey16' ? 2 : space === 'cmyk' ? 5 : 4;
  if (channels > bands) unsupported(`has ${channels} channels`);
  return decodings[`${space} ${sampleType}`] ?? unsupported(`holds '${space}' pixels of type '${sampleType}'`);
}

function headerWarnings(header: PictureHeader, format: PictureFormat, file: Buffer): string[] {
  const candidates: [boolean, string][] = [
    [header.pages > 1, `The file holds ${header.pages} pages; only the first is read.`],
    [format === 'png' && hasAnimationChunk(file), 'The picture is animated; only its first frame is read.'],
    [header.orientation > 1, `The picture was turned upright as its orientation tag (${header.orientation}) asks.`],
    [header.space === 'cmyk', 'The picture was converted from CMYK to RGB.'],
    [header.hasProfile && header.space !== 'cmyk', 'The color profile in the file is not applied.'],
  ];
  return candidates.filter(([applies]) => applies).map(([, sentence]) => sentence);
}
