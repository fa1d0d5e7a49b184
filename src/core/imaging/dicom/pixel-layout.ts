import { LightboxError } from '#shared/errors.ts';
import { checkPictureSize } from '../picture-limits.ts';
import type { Attributes } from './attributes.ts';
import type { DicomHead } from './read-head.ts';
import { tags } from './tags.ts';

const photometrics = [
  'MONOCHROME1',
  'MONOCHROME2',
  'PALETTE COLOR',
  'RGB',
  'YBR_FULL',
  'YBR_FULL_422',
  'YBR_ICT',
  'YBR_RCT',
] as const;

/** What the samples of a pixel mean (PS3.3 section C.7.6.3.1.2), of those that are shown. */
export type Photometric = (typeof photometrics)[number];

/** How the pixels of a file are stored (PS3.5 section 8). */
export interface PixelLayout {
  readonly columns: number;
  readonly rows: number;
  readonly frames: number;
  /** 3 exactly where the photometric interpretation has three components. */
  readonly samplesPerPixel: 1 | 3;
  readonly photometric: Photometric;
  readonly bitsAllocated: 8 | 16;
  /** 1 to bitsAllocated. */
  readonly bitsStored: number;
  /** The place of the highest bit stored, from 0. */
  readonly highBit: number;
  /** Stored values are two's complement. */
  readonly isSigned: boolean;
  /** Samples lie in planes, one color after the other. */
  readonly isPlanar: boolean;
}

/**
 * Read and check how the pixels are stored.
 * @throws LightboxError `picture/unsupported` for what is not shown, `picture/unreadable` for what contradicts itself.
 */
export function readPixelLayout({ attributes, pixels }: DicomHead, name: string): PixelLayout {
  const [columns, rows] = [attributes.unsigned(tags.columns) ?? 0, attributes.unsigned(tags.rows) ?? 0];
  if (!pixels) throw refused(name, describeAbsence(attributes));
  if (columns === 0 || rows === 0) throw unreadable(name, 'does not say how many rows and columns it has');
  checkPictureSize(name, { width: columns, height: rows });
  const samplesPerPixel = attributes.unsigned(tags.samplesPerPixel) ?? 1;
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) {
    throw refused(name, `has ${samplesPerPixel} samples per pixel; only grey (1) and color (3) are read`);
  }
  const shape = { columns, rows, samplesPerPixel } as const;
  return {
    ...shape,
    frames: Math.max(1, attributes.count(tags.frames) ?? 1),
    photometric: readPhotometric(attributes, samplesPerPixel, name),
    ...readBits(attributes, name),
    isSigned: attributes.unsigned(tags.pixelRepresentation) === 1,
    isPlanar: samplesPerPixel === 3 && attributes.unsigned(tags.planarConfiguration) === 1,
  };
}

function describeAbsence(attributes: Attributes): string {
  if (attributes.has(tags.floatPixels) || attributes.has(tags.doublePixels)) {
    return 'holds floating-point pixels; only whole numbers of 8 to 16 bits are read';
  }
  const modality = attributes.text(tags.modality);
  return `holds no picture${modality === undefined ? '' : ` (its modality is ${modality})`}`;
}

function readPhotometric(attributes: Attributes, samplesPerPixel: 1 | 3, name: string): Photometric {
  const stated = attributes.text(tags.photometric) ?? (samplesPerPixel === 1 ? 'MONOCHROME2' : 'RGB');
  const photometric = photometrics.find((known) => known === stated);
  if (!photometric) throw refused(name, `has the photometric interpretation ${stated}, which is not read`);
  const isColor = photometric !== 'PALETTE COLOR' && !isGrey(photometric);
  if (isColor !== (samplesPerPixel === 3)) {
    throw unreadable(name, `contradicts itself: ${photometric} with ${samplesPerPixel} samples per pixel`);
  }
  return photometric;
}

export const isGrey = (photometric: Photometric): boolean => photometric.startsWith('MONOCHROME');

function readBits(attributes: Attributes, name: string): Pick<PixelLayout, 'bitsAllocated' | 'bitsStored' | 'highBit'> {
  const bitsAllocated = attributes.unsigned(tags.bitsAllocated);
  if (bitsAllocated !== 8 && bitsAllocated !== 16) {
    throw refused(name, `stores samples in ${bitsAllocated ?? 'an unnamed number of'} bits; only 8 and 16 are read`);
  }
  const bitsStored = attributes.unsigned(tags.bitsStored) ?? bitsAllocated;
  if (bitsStored < 1 || bitsStored > bitsAllocated) {
    throw unreadable(name, `contradicts itself: ${bitsStored} of ${bitsAllocated} bits are said to be used`);
  }
  const highBit = attributes.unsigned(tags.highBit) ?? bitsStored - 1;
  const isPossible = highBit >= bitsStored - 1 && highBit < bitsAllocated;
  return { bitsAllocated, bitsStored, highBit: isPossible ? highBit : bitsStored - 1 };
}

const refused = (name: string, problem: string): LightboxError =>
  new LightboxError('picture/unsupported', `${name} ${problem}.`);

const unreadable = (name: string, problem: string): LightboxError =>
  new LightboxError('picture/unreadable', `${name} ${problem}; export it again.`);
