import { LightboxError } from '#shared/errors.ts';
import { Attributes } from './attributes.ts';
import { inflatedSource, skipBytes } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { parseElements } from './parse-elements.ts';
import type { ParsePlan } from './parse-elements.ts';
import { findDicomStart, findEncoding } from './recognize-dicom.ts';
import type { DicomEncoding, DicomStart } from './recognize-dicom.ts';
import { tags } from './tags.ts';
import { findTransferSyntax, uncompressedUid } from './transfer-syntaxes.ts';

/** The element that holds the pixels. */
export interface PixelElement {
  /** Where its value begins, in the bytes of the head's source. */
  readonly offset: number;
  /** In bytes; undefined where the value is a sequence of fragments. */
  readonly length: number | undefined;
  readonly representation: string | undefined;
}

/** Everything a DICOM file says before its pixels. */
export interface DicomHead {
  readonly attributes: Attributes;
  readonly transferSyntaxUid: string;
  readonly encoding: DicomEncoding;
  readonly pixels: PixelElement | undefined;
  /** The data set's bytes, inflated where the file is deflated. */
  readonly source: ByteSource;
  readonly warnings: readonly string[];
}

/** Most headers end within the first step; each step parses again from the start. */
const readingSteps = [2 ** 16, 2 ** 19, 2 ** 22, 2 ** 25, 2 ** 28, Infinity];
const UNDEFINED_LENGTH = 0xffff_ffff;
const META_GROUP = 2;

/**
 * Read a DICOM file up to its pixels, and no more of it than that takes.
 * @throws LightboxError `picture/unsupported` where it is not DICOM, `picture/unreadable` where it is damaged.
 */
export async function readHead(file: ByteSource, name: string): Promise<DicomHead> {
  const start = findDicomStart(await file(readingSteps[0] ?? 0));
  if (!start) throw new LightboxError('picture/unsupported', `${name} is not a DICOM file.`);
  try {
    const body = start.hasMeta ? await readMeta(file, start) : readBareStart(file, start);
    const { attributes, pixels } = await parseBody(body.source, body.encoding);
    return { ...body, attributes, pixels };
  } catch (cause) {
    const sentence = `${name} is a DICOM file whose header cannot be read to its end; it may be damaged or cut off, copy it again.`;
    throw new LightboxError('picture/unreadable', sentence, { cause });
  }
}

/** A data set, and how it is written. */
type DicomBody = Pick<DicomHead, 'transferSyntaxUid' | 'encoding' | 'source' | 'warnings'>;

function readBareStart(file: ByteSource, { offset, encoding }: DicomStart): DicomBody {
  const { isExplicit, isBigEndian } = encoding;
  const guess = `${isExplicit ? 'explicit' : 'implicit'} ${isBigEndian ? 'big' : 'little'} endian`;
  return {
    transferSyntaxUid: uncompressedUid(encoding),
    encoding,
    source: skipBytes(file, offset),
    warnings: [`The file does not say how it is written (no DICOM meta header); it was read as ${guess}.`],
  };
}

async function readMeta(file: ByteSource, start: DicomStart): Promise<DicomBody> {
  const plan = { encoding: start.encoding, from: start.offset, untilTag: '', group: META_GROUP };
  const { dataSet, end } = await parseGrowing(file, plan, ({ end: at, bytes }) => at < bytes.length);
  const body = skipBytes(file, end);
  const stated = new Attributes(dataSet).text(tags.transferSyntax);
  const syntax = findTransferSyntax(stated ?? '');
  const source = syntax?.isDeflated ? inflatedSource(body) : body;
  const found = findEncoding(await source(2 ** 16), 0);
  const encoding = found ?? syntax ?? start.encoding;
  const transferSyntaxUid = stated ?? uncompressedUid(encoding);
  const expected = syntax ?? { isExplicit: true, isBigEndian: false };
  const isMislabelled = encoding.isExplicit !== expected.isExplicit || encoding.isBigEndian !== expected.isBigEndian;
  const warning = `The file is not written as its transfer syntax ${transferSyntaxUid} says; it was read as it is written.`;
  return { transferSyntaxUid, encoding, source, warnings: isMislabelled ? [warning] : [] };
}

async function parseBody(
  source: ByteSource,
  encoding: DicomEncoding,
): Promise<Pick<DicomHead, 'attributes' | 'pixels'>> {
  const plan = { encoding, from: 0, untilTag: tags.pixels };
  const { dataSet } = await parseGrowing(source, plan, ({ dataSet: { elements } }) => tags.pixels in elements);
  const element = dataSet.elements[tags.pixels];
  const pixels = element && {
    offset: element.dataOffset,
    length: element.length === UNDEFINED_LENGTH ? undefined : element.length,
    representation: element.vr,
  };
  return { attributes: new Attributes(dataSet), pixels };
}

interface ParsedPrefix extends ReturnType<typeof parseElements> {
  readonly bytes: Uint8Array;
}

/** Parse ever longer beginnings until what is looked for has been met or the bytes end. */
async function parseGrowing(
  source: ByteSource,
  plan: ParsePlan,
  isComplete: (parsed: ParsedPrefix) => boolean,
): Promise<ParsedPrefix> {
  for (const limit of readingSteps) {
    const bytes = await source(limit);
    const isWhole = bytes.length < limit;
    const parsed = parseOrCut(bytes, plan, isWhole);
    if (parsed && (isWhole || isComplete(parsed))) return parsed;
  }
  throw new Error('the file has no end');
}

/** Of a mere beginning, an element that is cut off is no failure. */
function parseOrCut(bytes: Uint8Array, plan: ParsePlan, isWhole: boolean): ParsedPrefix | undefined {
  try {
    return { ...parseElements(bytes, plan), bytes };
  } catch (cause) {
    if (isWhole) throw cause;
    return undefined;
  }
}
