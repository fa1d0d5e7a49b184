import type { DicomHeaderReader } from '#core/datasets/index.ts';

/** What a DICOM film says of itself, for the importer. */
export const readFilmHeader: DicomHeaderReader | undefined = undefined;
