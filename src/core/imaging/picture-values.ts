import { basename } from 'node:path';
import { decodePictureBytes } from './decode-picture.ts';
import { decodeDicom } from './dicom/decode-dicom.ts';
import { loadPictureFile } from './picture-file.ts';
import { identifyPicture } from './picture-signature.ts';

/** A picture's own values, to be windowed where it is looked at. */
export interface PictureValues {
  readonly width: number;
  readonly height: number;
  /** 1 = grey, 3 = red, green, blue. */
  readonly channels: 1 | 3;
  /**
   * height x width x channels, row by row. Of a grey DICOM picture float32, after the modality transform and before any window, NaN
   * for padding; else the file's samples.
   */
  readonly values: Uint8Array | Uint16Array | Float32Array;
}

/** Load a picture's values; of several frames the first. Throws as `decodePicture` does. */
export async function decodeValues(path: string): Promise<PictureValues> {
  const name = basename(path);
  const bytes = await loadPictureFile(path);
  const signature = identifyPicture(bytes);
  if (signature.kind === 'readable' && signature.format === 'dicom') {
    const { width, height, ...picture } = await decodeDicom(bytes, name);
    if (picture.kind === 'grey') return { width, height, channels: 1, values: picture.values };
    return { width, height, channels: 3, values: picture.samples };
  }
  const { width, height, channels, samples } = await decodePictureBytes(bytes, name);
  return { width, height, channels, values: samples };
}
