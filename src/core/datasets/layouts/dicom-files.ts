import { open } from 'node:fs/promises';
import { isDicomName, isPictureName } from '../tree/picture-names.ts';

const PREAMBLE_BYTES = 128;
const mark = Buffer.from('DICM');

/** Names that a DICOM file may have: its own extension, or none that means anything (`IM000001`, `1.2.840.113`). */
export function mayBeDicom(name: string): boolean {
  if (/^dicomdir$/i.test(name) || isPictureName(name)) return false;
  return isDicomName(name) || !/\.[a-z][a-z0-9]{0,4}$/i.test(name);
}

/** Whether `DICM` stands behind a preamble of 128 bytes (DICOM PS3.10, 7.1). False for what cannot be read. */
export async function hasDicomMark(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(mark.length), 0, mark.length, PREAMBLE_BYTES);
      return bytesRead === mark.length && buffer.equals(mark);
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}
