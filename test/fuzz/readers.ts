import { engineReader, manifestReader, modelReader, tableReader } from './file-readers.ts';
import type { FuzzReader } from './fuzz-reader.ts';
import { dicomReader, npyReader, pictureReader } from './picture-readers.ts';
import { studyReader } from './study-reader.ts';
import { wireReader } from './wire-reader.ts';

/** Every reader of bytes from outside. */
export const readers: Readonly<Record<string, FuzzReader>> = {
  picture: pictureReader,
  dicom: dicomReader,
  model: modelReader,
  engine: engineReader,
  table: tableReader,
  manifest: manifestReader,
  array: npyReader,
  study: studyReader,
  wire: wireReader,
};
