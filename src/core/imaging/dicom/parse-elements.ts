import dicomParser from 'dicom-parser';
import type { ByteStream, DataSet, Element } from 'dicom-parser';
import type { DicomEncoding } from './recognize-dicom.ts';

/** Types whose length takes eight more bytes than dicom-parser 1.8 knows of (PS3.5 section 7.1.2). */
const unknownLongTypes = ['OV', 'SV', 'UV'];

export interface ParsePlan {
  readonly encoding: DicomEncoding;
  /** Where the first element stands. */
  readonly from: number;
  /** The element behind whose tag, type and length parsing stops. */
  readonly untilTag: string;
  /** Parsing stops before the first element of another group. */
  readonly group?: number;
}

export interface ParsedElements {
  readonly dataSet: DataSet;
  /** Where parsing stopped. */
  readonly end: number;
}

/** Parse the elements of a data set. Throws whatever dicom-parser throws (texts, errors) where they make no sense. */
export function parseElements(bytes: Uint8Array, { encoding, from, untilTag, group }: ParsePlan): ParsedElements {
  const parser = encoding.isBigEndian ? dicomParser.bigEndianByteArrayParser : dicomParser.littleEndianByteArrayParser;
  const stream = new dicomParser.ByteStream(parser, bytes, from);
  const elements: Record<string, Element> = {};
  const dataSet = new dicomParser.DataSet(parser, bytes, elements);
  while (stream.position < bytes.length) {
    if (group !== undefined && parser.readUint16(bytes, stream.position) !== group) break;
    const element = readElement(stream, encoding, untilTag);
    elements[element.tag] = element;
    if (element.tag === untilTag) break;
    if (stream.position > bytes.length) throw new Error(`element ${element.tag} reaches beyond the file`);
  }
  return { dataSet, end: stream.position };
}

function readElement(stream: ByteStream, { isExplicit }: DicomEncoding, untilTag: string): Element {
  if (!isExplicit) return dicomParser.readDicomElementImplicit(stream, untilTag);
  const type = Buffer.from(stream.byteArray.subarray(stream.position + 4, stream.position + 6)).toString('latin1');
  return unknownLongTypes.includes(type)
    ? readLongElement(stream, type)
    : dicomParser.readDicomElementExplicit(stream, [], untilTag);
}

function readLongElement(stream: ByteStream, type: string): Element {
  const { byteArray, byteArrayParser: parser, position } = stream;
  const tag = parser.readUint16(byteArray, position) * 65_536 + parser.readUint16(byteArray, position + 2);
  const length = parser.readUint32(byteArray, position + 8);
  stream.position = position + 12 + length;
  return { tag: `x${tag.toString(16).padStart(8, '0')}`, vr: type, length, dataOffset: position + 12 };
}
