import { createHash } from 'node:crypto';

/** What a segmentation refers to, by its unique identifiers. */
export interface SegmentedSource {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
}

/** One region of a picture. */
export interface Segment {
  /** A word of the product's own: `marker`, `ink`. */
  readonly kind: string;
  readonly label: string;
  /** 1 inside; rows x columns, row by row. */
  readonly mask: Uint8Array;
}

export interface SegmentationPlan {
  readonly rows: number;
  readonly columns: number;
  readonly segments: readonly Segment[];
  readonly source: SegmentedSource;
  readonly created: Date;
  /** Of the product. */
  readonly version: string;
}

/** PS3.4, Annex B.5 */
const SEGMENTATION_STORAGE = '1.2.840.10008.5.1.4.1.1.66.4';
/** Our own words, in a coding scheme that begins with 99 as PS3.3, section 8.2 has it for private ones. */
const SCHEME = '99LIGHTBOX';
const LONGEST_CODE = 16;
const LONGEST_LABEL = 64;

/** A unique identifier derived from a text: `2.25.` and 128 bits of its SHA-256 (PS3.5, section B.2). */
export function deriveUid(text: string): string {
  const bits = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return `2.25.${BigInt(`0x${bits}`).toString()}`;
}

/**
 * A binary segmentation of one picture (PS3.3, sections A.51 and C.8.20) with the names dcmjs knows attributes by: a frame for each
 * segment, on the picture's own pixels. It holds no patient: what the standard wants of one is there and empty.
 */
export function describeSegmentation({
  source,
  created,
  version,
  segments,
  ...size
}: SegmentationPlan): Readonly<Record<string, unknown>> {
  const [date, time] = [
    created.toISOString().slice(0, 10).replaceAll('-', ''),
    created.toISOString().slice(11, 19).replaceAll(':', ''),
  ];
  const identity = [source.sopInstanceUid, created.toISOString(), ...segments.map(({ label }) => label)].join('\n');
  const dimension = deriveUid(`dimension ${identity}`);
  return {
    ...{ SOPClassUID: SEGMENTATION_STORAGE, SOPInstanceUID: deriveUid(`instance ${identity}`) },
    ...noPatient,
    ...{ StudyInstanceUID: source.studyInstanceUid, SeriesInstanceUID: deriveUid(`series ${identity}`) },
    ...{ Modality: 'SEG', SeriesNumber: 1, InstanceNumber: 1, ContentDate: date, ContentTime: time },
    ...{
      Manufacturer: 'Relevance Lightbox',
      ManufacturerModelName: 'Relevance Lightbox',
      DeviceSerialNumber: '0',
      SoftwareVersions: version,
    },
    ...{
      ImageType: ['DERIVED', 'PRIMARY'],
      ContentLabel: 'MARKS',
      ContentDescription: 'Regions marked by readers',
      ContentCreatorName: '',
    },
    ...{ SamplesPerPixel: 1, PhotometricInterpretation: 'MONOCHROME2', NumberOfFrames: segments.length },
    ...{ Rows: size.rows, Columns: size.columns, BitsAllocated: 1, BitsStored: 1, HighBit: 0, PixelRepresentation: 0 },
    ...{ LossyImageCompression: '00', SegmentationType: 'BINARY', SegmentsOverlap: 'UNDEFINED' },
    SegmentSequence: segments.map(describeSegment),
    ...describeReferences(source),
    DimensionOrganizationSequence: [{ DimensionOrganizationUID: dimension }],
    DimensionIndexSequence: [
      {
        DimensionOrganizationUID: dimension,
        DimensionIndexPointer: 0x0062000b,
        FunctionalGroupPointer: 0x0062000a,
        DimensionDescriptionLabel: 'ReferencedSegmentNumber',
      },
    ],
    SharedFunctionalGroupsSequence: [{}],
    PerFrameFunctionalGroupsSequence: segments.map((_, at) => describeFrame(source, at + 1)),
    PixelData: [packBits(segments.map(({ mask }) => mask)).buffer],
    _vrMap: { PixelData: 'OB', DimensionIndexPointer: 'AT', FunctionalGroupPointer: 'AT' },
  };
}

/** Type 2: must be there, may be empty. */
const noPatient = {
  ...{ PatientName: '', PatientID: '', PatientBirthDate: '', PatientSex: '', PatientIdentityRemoved: 'YES' },
  DeidentificationMethod: 'Relevance Lightbox: made without identity',
  ...{ StudyDate: '', StudyTime: '', ReferringPhysicianName: '', StudyID: '', AccessionNumber: '' },
};

function describeSegment({ kind, label }: Segment, at: number): object {
  const code = (value: string, meaning: string): object[] => [
    {
      CodeValue: value.slice(0, LONGEST_CODE),
      CodingSchemeDesignator: SCHEME,
      CodeMeaning: meaning.slice(0, LONGEST_LABEL),
    },
  ];
  return {
    ...{ SegmentNumber: at + 1, SegmentLabel: label.slice(0, LONGEST_LABEL), SegmentAlgorithmType: 'MANUAL' },
    SegmentedPropertyCategoryCodeSequence: code('reader-mark', 'Region marked by a reader'),
    SegmentedPropertyTypeCodeSequence: code(kind, kind),
  };
}

function describeReferences({ seriesInstanceUid, sopClassUid, sopInstanceUid }: SegmentedSource): object {
  const instance = { ReferencedSOPClassUID: sopClassUid, ReferencedSOPInstanceUID: sopInstanceUid };
  return {
    ReferencedSeriesSequence: [{ SeriesInstanceUID: seriesInstanceUid, ReferencedInstanceSequence: [instance] }],
  };
}

function describeFrame({ sopClassUid, sopInstanceUid }: SegmentedSource, segment: number): object {
  const code = (value: string, meaning: string): object[] => [
    { CodeValue: value, CodingSchemeDesignator: 'DCM', CodeMeaning: meaning },
  ];
  const image = {
    ...{ ReferencedSOPClassUID: sopClassUid, ReferencedSOPInstanceUID: sopInstanceUid },
    PurposeOfReferenceCodeSequence: code('121322', 'Source image for image processing operation'),
    SpatialLocationsPreserved: 'YES',
  };
  return {
    DerivationImageSequence: [{ SourceImageSequence: [image], DerivationCodeSequence: code('113076', 'Segmentation') }],
    FrameContentSequence: [{ DimensionIndexValues: [segment] }],
    SegmentIdentificationSequence: [{ ReferencedSegmentNumber: segment }],
  };
}

/** One bit a pixel, the first in the lowest bit, frames behind each other without a gap (PS3.5, section 8.1.1); an even number of bytes. */
function packBits(masks: readonly Uint8Array[]): Uint8Array {
  const count = masks.reduce((sum, mask) => sum + mask.length, 0);
  const packed = new Uint8Array(2 * Math.ceil(count / 16));
  let bit = 0;
  for (const mask of masks) {
    for (const value of mask) {
      if (value > 0) packed[bit >> 3] = (packed[bit >> 3] ?? 0) | (1 << (bit & 7));
      bit++;
    }
  }
  return packed;
}
