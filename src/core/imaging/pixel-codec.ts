import sharp from 'sharp';

/** What a file's header says, before any pixel is decoded. */
export interface PictureHeader {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** libvips' name of the color space: `b-w`, `srgb`, `grey16`, `rgb16`, `cmyk`, ... */
  readonly space: string;
  /** libvips' name of the sample type: `uchar`, `ushort`, `float`, ... */
  readonly sampleType: string;
  readonly pages: number;
  readonly orientation: number;
  readonly hasProfile: boolean;
}

/** Interleaved pixels with every channel the file has, alpha included. */
export interface DecodedPixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bytes: Buffer;
}

export interface DecodeSettings {
  readonly space: 'b-w' | 'srgb' | 'grey16' | 'rgb16';
  /** `damage`: any complaint of the decoder fails; `loss`: only missing or undecodable pixels do. */
  readonly failOn: 'damage' | 'loss';
  /** Leaves the pixels as stored; otherwise the picture is turned as its orientation tag says. */
  readonly isUnturned?: boolean;
}

// Pictures come from memory and are decoded once, so sharp's own cache would only hold on to them.
sharp.cache(false);
// Many pictures are read at once, each by one thread: more threads for each take memory and gain nothing.
sharp.concurrency(1);

// Color profiles stay unapplied: networks are trained on the stored values (Pillow and torchvision ignore profiles too).
const inputOptions = { ignoreIcc: true, limitInputPixels: false, page: 0, pages: 1 } as const;

/** Read width, height and sample form. Throws sharp's own error on unreadable bytes. */
export async function readPictureHeader(bytes: Buffer): Promise<PictureHeader> {
  const header = await sharp(bytes, { ...inputOptions, failOn: 'error' }).metadata();
  return {
    width: header.width,
    height: header.height,
    channels: header.channels,
    space: header.space,
    sampleType: header.depth,
    pages: header.pages ?? 1,
    orientation: header.orientation ?? 1,
    hasProfile: header.hasProfile,
  };
}

/** Decode to interleaved samples in the file's own depth. Throws sharp's own error. */
export async function decodePixels(bytes: Buffer, settings: DecodeSettings): Promise<DecodedPixels> {
  const isDeep = settings.space === 'grey16' || settings.space === 'rgb16';
  const input = sharp(bytes, { ...inputOptions, failOn: settings.failOn === 'damage' ? 'warning' : 'error' });
  const { data, info } = await (settings.isUnturned ? input : input.autoOrient())
    .toColourspace(settings.space)
    .raw({ depth: isDeep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, bytes: data };
}

/** Write 8-bit grey or RGB pixels (height x width x channels) as PNG. */
export async function writePng(pixels: Uint8Array, width: number, height: number): Promise<Buffer> {
  const channels = pixels.length === width * height ? 1 : 3;
  return sharp(pixels, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 8 })
    .toBuffer();
}
