import { basename } from 'node:path';
import { readPictureFile } from '../picture-file.ts';
import { bytesSource, fileSource } from './byte-source.ts';
import { readHead } from './read-head.ts';
import type { DicomHead } from './read-head.ts';
import { tags } from './tags.ts';

/** What a DICOM file says of its picture and patient; a field is undefined where the file is silent or makes no sense. */
export interface DicomHeader {
  readonly transferSyntaxUid: string;
  /** Identifies a person: never to be written into results. */
  readonly patientId: string | undefined;
  readonly studyInstanceUid: string | undefined;
  readonly seriesInstanceUid: string | undefined;
  /** What kind of object the file is. */
  readonly sopClassUid: string | undefined;
  readonly sopInstanceUid: string | undefined;
  /** CR, DX, CT, ... */
  readonly modality: string | undefined;
  /** AP, PA, LL, ... */
  readonly viewPosition: string | undefined;
  /** R, L, U, B: of the picture (0020,0062), else of the series (0020,0060). */
  readonly laterality: string | undefined;
  /** Directions of the rows and of the columns, such as L and F. */
  readonly patientOrientation: readonly string[] | undefined;
  /** M, F, O. */
  readonly sex: string | undefined;
  /** In years, with fractions where the file counts in months, weeks or days. */
  readonly age: number | undefined;
  readonly manufacturer: string | undefined;
  readonly rows: number | undefined;
  readonly columns: number | undefined;
  readonly frames: number | undefined;
  readonly samplesPerPixel: number | undefined;
  /** MONOCHROME1, MONOCHROME2, PALETTE COLOR, RGB, YBR_FULL, ... */
  readonly photometric: string | undefined;
  readonly bitsAllocated: number | undefined;
  readonly bitsStored: number | undefined;
  /** Stored values are two's complement. */
  readonly isSigned: boolean | undefined;
  /** FOR PRESENTATION, FOR PROCESSING. */
  readonly presentationIntent: string | undefined;
  /** Undefined where the file does not say, which never means no. */
  readonly hasBurnedInAnnotation: boolean | undefined;
  /** Millimetres at the detector, not in the patient: between rows, between columns. */
  readonly imagerPixelSpacing: readonly [rows: number, columns: number] | undefined;
  /** Millimetres: between rows, between columns. On projection pictures possibly calibrated, possibly at the detector. */
  readonly pixelSpacing: readonly [rows: number, columns: number] | undefined;
  /** The pixels have been through lossy compression at some time. */
  readonly isLossy: boolean | undefined;
  readonly hasPixels: boolean;
}

/**
 * Read what a DICOM file says of itself without decoding its pixels; of a file only the part before them is read.
 * @param source the file's bytes or its path. @param name what messages call it; a path's own name by default.
 * @throws LightboxError `picture/not-found`, `picture/unreadable` or, where it is not DICOM, `picture/unsupported`.
 */
export async function readDicomHeader(source: string | Uint8Array, name?: string): Promise<DicomHeader> {
  if (typeof source !== 'string') return describeHead(await readHead(bytesSource(source), name ?? 'The file'));
  return readPictureFile(source, async (file) =>
    describeHead(await readHead(fileSource(file), name ?? basename(source))),
  );
}

/** The header's fields as a record. */
export function describeHead({ attributes, transferSyntaxUid, pixels }: DicomHead): DicomHeader {
  const representation = attributes.unsigned(tags.pixelRepresentation);
  const orientation = attributes.texts(tags.patientOrientation).filter((text) => text !== '');
  return {
    transferSyntaxUid,
    patientId: attributes.text(tags.patientId),
    studyInstanceUid: attributes.text(tags.studyInstanceUid),
    seriesInstanceUid: attributes.text(tags.seriesInstanceUid),
    sopClassUid: attributes.text(tags.sopClassUid),
    sopInstanceUid: attributes.text(tags.sopInstanceUid),
    modality: attributes.text(tags.modality),
    viewPosition: attributes.text(tags.viewPosition),
    laterality: attributes.text(tags.imageLaterality) ?? attributes.text(tags.laterality),
    patientOrientation: orientation.length > 0 ? orientation : undefined,
    sex: attributes.text(tags.patientSex),
    age: readAge(attributes.text(tags.patientAge)),
    manufacturer: attributes.text(tags.manufacturer),
    rows: attributes.unsigned(tags.rows),
    columns: attributes.unsigned(tags.columns),
    frames: attributes.count(tags.frames),
    samplesPerPixel: attributes.unsigned(tags.samplesPerPixel),
    photometric: attributes.text(tags.photometric),
    bitsAllocated: attributes.unsigned(tags.bitsAllocated),
    bitsStored: attributes.unsigned(tags.bitsStored),
    isSigned: representation === undefined ? undefined : representation === 1,
    presentationIntent: attributes.text(tags.presentationIntent),
    hasBurnedInAnnotation: readAnswer(attributes.text(tags.burnedIn), 'YES', 'NO'),
    imagerPixelSpacing: readSpacing(attributes.decimals(tags.imagerPixelSpacing)),
    pixelSpacing: readSpacing(attributes.decimals(tags.pixelSpacing)),
    isLossy: readAnswer(attributes.text(tags.lossyCompression), '01', '00'),
    hasPixels: pixels !== undefined || attributes.has(tags.floatPixels) || attributes.has(tags.doublePixels),
  };
}

const yearsPerUnit: Readonly<Record<string, number>> = { Y: 1, M: 1 / 12, W: 7 / 365.25, D: 1 / 365.25 };

/** An age string (AS): three digits and a unit. Some writers leave the unit out and mean years. */
function readAge(text: string | undefined): number | undefined {
  const [, digits, unit = ''] = /^(\d{1,3})([YMWD]?)$/.exec(text ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits) * (yearsPerUnit[unit || 'Y'] ?? 1);
}

function readAnswer(text: string | undefined, yes: string, no: string): boolean | undefined {
  return text === yes || text === no ? text === yes : undefined;
}

function readSpacing([rows = NaN, columns = NaN]: readonly number[]): readonly [number, number] | undefined {
  return rows > 0 && columns > 0 ? [rows, columns] : undefined;
}
