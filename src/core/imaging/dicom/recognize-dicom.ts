/** How a data set is written down (PS3.5 section 7.1). */
export interface DicomEncoding {
  readonly isExplicit: boolean;
  readonly isBigEndian: boolean;
}

/** Where the elements of a DICOM file begin. */
export interface DicomStart {
  /** Where the first element stands. */
  readonly offset: number;
  /** Of the first element; what follows a meta header may be written otherwise. */
  readonly encoding: DicomEncoding;
  /** A meta header (group 0002) comes first. */
  readonly hasMeta: boolean;
}

const PREAMBLE_LENGTH = 128;
const LONGEST_FIRST_VALUE = 1024;

const explicitLittleEndian: DicomEncoding = { isExplicit: true, isBigEndian: false };

/**
 * Recognises a DICOM file by content: by its prefix (PS3.10 section 7.1), the preamble before it left out or not, or, without one, by a first element of group
 * 0002 or 0008. One or two stray bytes may stand before such an element.
 */
export function findDicomStart(bytes: Uint8Array): DicomStart | undefined {
  const prefix = [PREAMBLE_LENGTH, 0].find((offset) => readLetters(bytes, offset, 4) === 'DICM');
  if (prefix !== undefined) return { offset: prefix + 4, encoding: explicitLittleEndian, hasMeta: true };
  return [0, 1, 2].map((offset) => findBareStart(bytes, offset)).find((start) => start !== undefined);
}

function findBareStart(bytes: Uint8Array, offset: number): DicomStart | undefined {
  const encoding = findEncoding(bytes, offset);
  if (!encoding) return undefined;
  const group = readWord(bytes, offset, encoding.isBigEndian);
  if (group === 2 && encoding.isExplicit && !encoding.isBigEndian) return { offset, encoding, hasMeta: true };
  return group === 8 ? { offset, encoding, hasMeta: false } : undefined;
}

/** How the element at this place is written, judged by its first bytes; undefined where nothing makes sense. */
export function findEncoding(bytes: Uint8Array, offset: number): DicomEncoding | undefined {
  if (bytes.length < offset + 8) return undefined;
  const isBigEndian = bytes[offset] === 0;
  const [group, element] = [readWord(bytes, offset, isBigEndian), readWord(bytes, offset + 2, isBigEndian)];
  if (group > 0xff || element > 0xff) return undefined;
  if (/^[A-Z]{2}$/.test(readLetters(bytes, offset + 4, 2))) return { isExplicit: true, isBigEndian };
  return !isBigEndian && hasImplicitLength(bytes, offset) ? { isExplicit: false, isBigEndian } : undefined;
}

/** An implicit first element is short, and another element of the same group follows it. */
function hasImplicitLength(bytes: Uint8Array, offset: number): boolean {
  const length = readWord(bytes, offset + 4, false) + readWord(bytes, offset + 6, false) * 65_536;
  if (length > LONGEST_FIRST_VALUE || length % 2 === 1) return false;
  const next = offset + 8 + length;
  return readWord(bytes, next, false) === readWord(bytes, offset, false) && bytes.length >= next + 4;
}

const readWord = (bytes: Uint8Array, offset: number, isBigEndian: boolean): number => {
  const [first = 0, second = 0] = bytes.subarray(offset, offset + 2);
  return isBigEndian ? first * 256 + second : second * 256 + first;
};

const readLetters = (bytes: Uint8Array, offset: number, length: number): string =>
  Buffer.from(bytes.subarray(offset, offset + length)).toString('latin1');
