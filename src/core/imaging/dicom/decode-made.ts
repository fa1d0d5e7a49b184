import { decodeDicom } from './decode-dicom.ts';
import type { DicomOptions } from './decode-dicom.ts';
import { writeHandMadePicture } from './hand-made-dicom.ts';
import type { HandMadePicture } from './hand-made-dicom.ts';

/** For tests: what becomes of hand-made files. */

/** The values of a grey picture, the samples of a color one. */
export async function decodeMade(picture: HandMadePicture, options: DicomOptions = {}): Promise<number[]> {
  const decoded = await decodeDicom(writeHandMadePicture(picture), 'made.dcm', options);
  return [...(decoded.kind === 'grey' ? decoded.values : decoded.samples)];
}

/** The error of a file that cannot be decoded; fails where it can. */
export async function failToDecode(bytes: Uint8Array, options: DicomOptions = {}): Promise<unknown> {
  const error: unknown = await decodeDicom(bytes, 'made.dcm', options).catch((cause: unknown) => cause);
  if (error instanceof Error) return error;
  throw new Error('it was decoded');
}
