import { readDicomHeader } from '#core/imaging/index.ts';
import type { DicomHeaderFacts } from '#core/datasets/index.ts';

/** What a DICOM film says of itself, for the importer: facts by their DICOM keywords, and the patient apart from them. */
export async function readFilmHeader(file: string): Promise<DicomHeaderFacts> {
  const header = await readDicomHeader(file);
  const { pixelSpacing, imagerPixelSpacing, hasBurnedInAnnotation, isLossy, patientOrientation } = header;
  const facts: Readonly<Record<string, string | number | undefined>> = {
    Modality: header.modality,
    ViewPosition: header.viewPosition,
    Laterality: header.laterality,
    PatientOrientation: patientOrientation?.join('\\'),
    PatientSex: header.sex,
    PatientAge: header.age,
    Manufacturer: header.manufacturer,
    PhotometricInterpretation: header.photometric,
    BitsStored: header.bitsStored,
    TransferSyntaxUID: header.transferSyntaxUid,
    PresentationIntentType: header.presentationIntent,
    BurnedInAnnotation: describeFlag(hasBurnedInAnnotation),
    LossyImageCompression: describeFlag(isLossy),
    PixelSpacing: pixelSpacing?.join('\\'),
    ImagerPixelSpacing: imagerPixelSpacing?.join('\\'),
    NumberOfFrames: header.frames,
  };
  const known = Object.entries(facts).flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact] as const]));
  return { patient: header.patientId, hasPixels: header.hasPixels, metadata: Object.fromEntries(known) };
}

/** Where the file is silent nobody knows, and nothing is said. */
function describeFlag(flag: boolean | undefined): string | undefined {
  if (flag === undefined) return undefined;
  return flag ? 'YES' : 'NO';
}
