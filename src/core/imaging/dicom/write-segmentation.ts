import { describeSegmentation, deriveUid, type SegmentationPlan } from './segmentation-dataset.ts';

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/** A DICOM segmentation of one picture as a file (PS3.10). */
export async function writeSegmentation(plan: SegmentationPlan): Promise<Buffer> {
  // Three megabytes that nobody else needs are loaded when the first file is written.
  const { default: dcmjs } = await import('dcmjs');
  const { DicomMetaDictionary, DicomDict } = dcmjs.data;
  const dataset = describeSegmentation(plan);
  const meta = {
    FileMetaInformationVersion: [new Uint8Array([0, 1]).buffer],
    MediaStorageSOPClassUID: dataset['SOPClassUID'],
    MediaStorageSOPInstanceUID: dataset['SOPInstanceUID'],
    TransferSyntaxUID: EXPLICIT_LITTLE_ENDIAN,
    ImplementationClassUID: deriveUid('Relevance Lightbox'),
    ImplementationVersionName: 'LIGHTBOX',
    _vrMap: { FileMetaInformationVersion: 'OB' },
  };
  const file = new DicomDict(DicomMetaDictionary.denaturalizeDataset(meta));
  file.dict = DicomMetaDictionary.denaturalizeDataset(dataset);
  return Buffer.from(file.write());
}
