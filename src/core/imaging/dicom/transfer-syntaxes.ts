import type { DicomEncoding } from './recognize-dicom.ts';

/** How the pixels of a file are packed: plainly, or by one of these methods. */
export type PixelCodec = 'native' | 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k';

export interface TransferSyntax extends DicomEncoding {
  readonly codec: PixelCodec;
  /** The whole data set is compressed with deflate. */
  readonly isDeflated: boolean;
}

const explicitLittleEndian = { isExplicit: true, isBigEndian: false, isDeflated: false };

export const implicitLittleEndianUid = '1.2.840.10008.1.2';
export const explicitLittleEndianUid = '1.2.840.10008.1.2.1';
export const explicitBigEndianUid = '1.2.840.10008.1.2.2';

/** The transfer syntaxes that are decoded (PS3.6 annex A), by UID. */
const transferSyntaxes: Readonly<Record<string, TransferSyntax>> = {
  [implicitLittleEndianUid]: { ...explicitLittleEndian, isExplicit: false, codec: 'native' },
  [explicitLittleEndianUid]: { ...explicitLittleEndian, codec: 'native' },
  '1.2.840.10008.1.2.1.99': { ...explicitLittleEndian, isDeflated: true, codec: 'native' },
  [explicitBigEndianUid]: { ...explicitLittleEndian, isBigEndian: true, codec: 'native' },
  '1.2.840.10008.1.2.5': { ...explicitLittleEndian, codec: 'rle' },
  // Baseline, extended (8 or 12 bit), lossless, lossless with first-order prediction.
  '1.2.840.10008.1.2.4.50': { ...explicitLittleEndian, codec: 'jpeg' },
  '1.2.840.10008.1.2.4.51': { ...explicitLittleEndian, codec: 'jpeg' },
  '1.2.840.10008.1.2.4.57': { ...explicitLittleEndian, codec: 'jpeg' },
  '1.2.840.10008.1.2.4.70': { ...explicitLittleEndian, codec: 'jpeg' },
  // Lossless, near-lossless.
  '1.2.840.10008.1.2.4.80': { ...explicitLittleEndian, codec: 'jpeg-ls' },
  '1.2.840.10008.1.2.4.81': { ...explicitLittleEndian, codec: 'jpeg-ls' },
  // Lossless only, lossless or lossy.
  '1.2.840.10008.1.2.4.90': { ...explicitLittleEndian, codec: 'jpeg-2000' },
  '1.2.840.10008.1.2.4.91': { ...explicitLittleEndian, codec: 'jpeg-2000' },
  // High-throughput JPEG 2000: lossless only, lossless with progression by resolution, lossless or lossy.
  '1.2.840.10008.1.2.4.201': { ...explicitLittleEndian, codec: 'htj2k' },
  '1.2.840.10008.1.2.4.202': { ...explicitLittleEndian, codec: 'htj2k' },
  '1.2.840.10008.1.2.4.203': { ...explicitLittleEndian, codec: 'htj2k' },
};

export const findTransferSyntax = (uid: string): TransferSyntax | undefined =>
  Object.hasOwn(transferSyntaxes, uid) ? transferSyntaxes[uid] : undefined;

/** The uncompressed transfer syntax of this encoding. */
export function uncompressedUid({ isExplicit, isBigEndian }: DicomEncoding): string {
  if (!isExplicit) return implicitLittleEndianUid;
  return isBigEndian ? explicitBigEndianUid : explicitLittleEndianUid;
}
