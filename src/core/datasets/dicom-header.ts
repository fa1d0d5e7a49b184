import { metadataName, type Metadata } from './tables/cells.ts';

/** What the reader of DICOM headers must say of a file; all further fields become metadata under their names. */
export interface DicomHeaderFacts {
  /** Patient ID (0010,0020). */
  readonly patientId?: string | undefined;
  /** Whether the file holds a picture at all: plans, reports and presentation states do not. */
  readonly hasPixels: boolean;
}

/**
 * Reads a DICOM file's header, leaving the pixels alone. Handed in, so that datasets need no decoder.
 * @param path absolute. May throw for a damaged file; the file is then reported and left out.
 */
export type DicomHeaderReader = (path: string) => Promise<DicomHeaderFacts>;

const ownFields: ReadonlySet<string> = new Set(['patientId', 'hasPixels']);

/** A header's further fields as text and numbers: yes and no in words, several values as DICOM separates them. */
export function readHeaderMetadata(header: DicomHeaderFacts): Metadata {
  const entries = Object.entries(header as unknown as Readonly<Record<string, unknown>>).flatMap(([name, value]) => {
    const plain = ownFields.has(name) ? undefined : readField(value);
    return plain === undefined ? [] : [[metadataName(name), plain] as const];
  });
  return Object.fromEntries(entries);
}

function readField(value: unknown): string | number | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) && value.length > 0 ? value.join('\\') : undefined;
}
