import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { identifyPicture } from './picture-signature.ts';
import type { Picture, PictureFormat } from './picture.ts';
import { decodePixels, readPictureHeader } from './pixel-codec.ts';
import type { DecodedPixels, DecodeSettings, PictureHeader } from './pixel-codec.ts';
import { hasAnimationChunk } from './png-chunks.ts';
import { splitAlpha } from './split-alpha.ts';

/** The largest picture that is decoded: 200 megapixels. */
const MAX_PICTURE_PIXELS = 200_000_000;
const MAX_FILE_BYTES = 1_500_000_000;

/**
 * Load a PNG, JPEG or TIFF from disk, recognised by content.
 * @throws LightboxError `picture/not-found`, `picture/unreadable` (damaged, folder, no permission) or
 * `picture/unsupported` (another format, another sample type, too large).
 */
export async function decodePicture(path: string): Promise<Picture> {
  const name = basename(path);
  return decodePictureBytes(await loadBytes(path, name), name);
}

/**
 * Decode a picture from its file's bytes.
 * @param name what messages call the picture, usually its file name.
 * @throws LightboxError as {@link decodePicture}.
 */
export async function decodePictureBytes(bytes: Uint8Array, name: string): Promise<Picture> {
  if (bytes.length === 0) throw new LightboxError('picture/unreadable', `${name} is empty; copy the picture again.`);
  const signature = identifyPicture(bytes);
  if (signature.kind === 'refused') throw new LightboxError('picture/unsupported', `${name} ${signature.sentence}.`);
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = await readHeader(file, name);
  const settings = chooseDecoding(header, name);
  const { pixels, damage } = await decodeOrReportDamage(file, { ...settings, name });
  const { channels, samples, warnings } = splitAlpha(pixels, settings.depth);
  return {
    width: pixels.width,
    height: pixels.height,
    channels,
    depth: settings.depth,
    samples,
    format: signature.format,
    sha256: createHash('sha256').update(file).digest('hex'),
    warnings: [...headerWarnings(header, signature.format, file), ...damage, ...warnings],
  };
}

async function loadBytes(path: string, name: string): Promise<Buffer> {
  try {
    const status = await stat(path);
    if (!status.isFile()) {
      const what = status.isDirectory() ? 'a folder; name a picture inside it' : 'not a regular file';
      throw new LightboxError('picture/unreadable', `${name} is ${what}.`);
    }
    if (status.size > MAX_FILE_BYTES) {
      throw new LightboxError('picture/unsupported', `${name} is larger than 1.5 GB; export a smaller picture.`);
    }
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof LightboxError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new LightboxError('picture/not-found', `There is no picture at ${path}; check the path.`, { cause });
    }
    throw new LightboxError('picture/unreadable', `${name} cannot be read (${code ?? message}).`, { cause });
  }
}

async function readHeader(file: Buffer, name: string): Promise<PictureHeader> {
  try {
    return await readPictureHeader(file);
  } catch (cause) {
    throw unreadable(name, cause);
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
  const { width, height, channels, space, sampleType } = header;
  const unsupported = (problem: string): never => {
    throw new LightboxError('picture/unsupported', `${name} ${problem}; save it as 8- or 16-bit grey or RGB.`);
  };
  if (width * height > MAX_PICTURE_PIXELS) {
    const megapixels = Math.ceil((width * height) / 1e6);
    unsupported(`has ${width} x ${height} pixels (${megapixels} megapixels, the limit is 200)`);
  }
  const bands = space === 'b-w' || space === 'grey16' ? 2 : space === 'cmyk' ? 5 : 4;
  if (channels > bands) unsupported(`has ${channels} channels`);
  return decodings[`${space} ${sampleType}`] ?? unsupported(`holds '${space}' pixels of type '${sampleType}'`);
}

interface NamedSettings extends Decoding {
  readonly name: string;
}

/** A picture the decoder merely complains about is still shown, with the complaint; one with missing pixels is not. */
async function decodeOrReportDamage(
  file: Buffer,
  { space, name }: NamedSettings,
): Promise<{ pixels: DecodedPixels; damage: string[] }> {
  try {
    return { pixels: await decodePixels(file, { space, failOn: 'damage' }), damage: [] };
  } catch (complaint) {
    try {
      const pixels = await decodePixels(file, { space, failOn: 'loss' });
      return { pixels, damage: [`The file is damaged (${firstLine(complaint)}); its pixels may be wrong in places.`] };
    } catch (cause) {
      throw unreadable(name, cause);
    }
  }
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

function unreadable(name: string, cause: unknown): LightboxError {
  const sentence = `${name} cannot be decoded (${firstLine(cause)}); it may be damaged or cut off, copy it again.`;
  return new LightboxError('picture/unreadable', sentence, { cause });
}

const firstLine = (cause: unknown): string => {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split('\n', 1)[0]?.trim() ?? '';
};
