/** The file formats a picture may come in. */
export type PictureFormat = 'png' | 'jpeg' | 'tiff' | 'dicom';

/** Pixels as the file stores them, no gamma and no color profile applied; of a DICOM file as a window shows them. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 = grey, 3 = red, green, blue. */
  readonly channels: 1 | 3;
  /** Bits per sample; a sample runs from 0 to 2^depth - 1. */
  readonly depth: 8 | 16;
  /** height x width x channels, row by row; `Uint16Array` when depth is 16. */
  readonly samples: Uint8Array | Uint16Array;
  readonly format: PictureFormat;
  /** SHA-256 of the file's bytes, lower-case hex. */
  readonly sha256: string;
  /** Sentences about what was changed or left out while reading (alpha, orientation, further pages, window, damage). */
  readonly warnings: readonly string[];
}

/** The largest sample value a picture of this depth can hold. */
export const whiteLevel = (picture: Pick<Picture, 'depth'>): number => (picture.depth === 16 ? 65_535 : 255);
