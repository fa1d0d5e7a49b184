/** What the reader of DICOM headers says of a file. */
export interface DicomHeaderFacts {
  /** Patient ID (0010,0020). */
  readonly patient?: string | undefined;
  /** Whether the file holds a picture at all: plans, reports and presentation states do not. */
  readonly hasPixels: boolean;
  /** Attributes by their DICOM keyword (ViewPosition, PatientSex) or any other name. Text or numbers. */
  readonly metadata: Readonly<Record<string, string | number>>;
}

/**
 * Reads a DICOM file's header, leaving the pixels alone. Handed in, so that datasets need no decoder.
 * @param path absolute. May throw for a damaged file; the file is then reported and left out.
 */
export type DicomHeaderReader = (path: string) => Promise<DicomHeaderFacts>;
