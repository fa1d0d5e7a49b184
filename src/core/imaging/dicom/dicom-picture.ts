import type { GreyWindow } from '#shared/grey-window.ts';
import type { DicomHeader } from './dicom-header.ts';

interface DicomPictureFacts {
  readonly width: number;
  readonly height: number;
  readonly header: DicomHeader;
  /** Which frame of the file this is, from 0. */
  readonly frame: number;
  /** SHA-256 of the file's bytes, lower-case hex. */
  readonly sha256: string;
  /** Sentences about what was changed or left out while reading. */
  readonly warnings: readonly string[];
}

/** A grey frame, not yet windowed. */
export interface GreyDicomPicture extends DicomPictureFacts {
  readonly kind: 'grey';
  /** height x width values after the modality transform, row by row; NaN where the file marks padding. */
  readonly values: Float32Array;
  /** The lowest and highest value that is not padding. */
  readonly range: readonly [low: number, high: number];
  /** What the file offers to show them by, its first choice first; may be empty. */
  readonly windows: readonly GreyWindow[];
  /** MONOCHROME1: low values are shown white. */
  readonly isInverted: boolean;
}

/** A color frame. */
export interface ColorDicomPicture extends DicomPictureFacts {
  readonly kind: 'color';
  /** height x width x RGB, row by row. */
  readonly samples: Uint8Array;
}

/** One frame of a DICOM file. */
export type DicomPicture = GreyDicomPicture | ColorDicomPicture;
