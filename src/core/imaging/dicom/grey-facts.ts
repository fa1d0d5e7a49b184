import type { GreyWindow } from '#shared/grey-window.ts';
import { readPictureFile } from '../picture-file.ts';
import { fileSource } from './byte-source.ts';
import { findHeadWarnings } from './head-warnings.ts';
import { readLinearTransform, readModalityTransform, type LinearTransform } from './modality-transform.ts';
import { isGrey, readPixelLayout, type PixelLayout } from './pixel-layout.ts';
import { readHead, type DicomHead } from './read-head.ts';
import { findDicomStart } from './recognize-dicom.ts';
import { readWindows } from './read-windows.ts';
import { countWords, readPadding, toStoredValue } from './stored-values.ts';
import { tags } from './tags.ts';

/** What a grey DICOM file says of how its values are to be shown, known without decoding them. */
export interface GreyFacts {
  /** What the file offers to show its values by, its first choice first; may be empty. */
  readonly windows: readonly GreyWindow[];
  /** MONOCHROME1: low values are shown white. */
  readonly isInverted: boolean;
  readonly modality: string | undefined;
  /** Of the values: HU, OD, ...; undefined where the file is silent (0028,1054) or says it is unspecified. */
  readonly unit: string | undefined;
  /** From stored to shown value; undefined where a lookup table does it. */
  readonly rescale: LinearTransform | undefined;
  readonly bitsStored: number;
  readonly warnings: readonly string[];
}

/** What the words of a grey frame stand for. */
export interface GreyMeaning {
  /** Value of each word there can be; NaN for padding. */
  readonly table: Float32Array;
  readonly windows: readonly GreyWindow[];
  readonly isInverted: boolean;
  readonly warnings: readonly string[];
}

/** Stored values go through a table of all words there can be, so that every step may be written plainly. */
export function readGreyMeaning({ attributes }: DicomHead, layout: PixelLayout, frame: number): GreyMeaning {
  const transform = readModalityTransform(attributes, frame, layout.isSigned);
  const isPadding = readPadding(attributes, layout);
  const table = new Float32Array(countWords(layout)).map((_, word) => {
    const stored = toStoredValue(word, layout);
    return isPadding(stored) ? NaN : transform.apply(stored);
  });
  const listed = readWindows(attributes, frame, layout.isSigned || table.some((value) => value < 0));
  return {
    ...{ table, windows: listed.windows, isInverted: layout.photometric === 'MONOCHROME1' },
    warnings: [...transform.warnings, ...listed.warnings],
  };
}

/**
 * Read how a file's first frame is to be shown; undefined where it is not a grey DICOM picture. No pixel is decoded.
 * @throws LightboxError `picture/not-found`, `picture/unreadable` or `picture/unsupported`.
 */
export async function findGreyFacts(path: string, name: string): Promise<GreyFacts | undefined> {
  return readPictureFile(path, async (file) => {
    const source = fileSource(file);
    if (!findDicomStart(await source(2 ** 12))) return undefined;
    const head = await readHead(source, name);
    const layout = readPixelLayout(head, name);
    return isGrey(layout.photometric) ? describeGrey(head, layout) : undefined;
  });
}

function describeGrey(head: DicomHead, layout: PixelLayout): GreyFacts {
  const { attributes } = head;
  const { windows, isInverted, warnings } = readGreyMeaning(head, layout, 0);
  const modality = attributes.text(tags.modality);
  const stated = attributes.text(tags.rescaleType);
  return {
    ...{ windows, isInverted, modality, bitsStored: layout.bitsStored },
    // Values of a CT are Hounsfield units where the file does not say otherwise (PS3.3 section C.8.2.1.1.3).
    unit: stated === 'US' ? undefined : (stated ?? (modality === 'CT' ? 'HU' : undefined)),
    rescale: readLinearTransform(attributes, 0),
    warnings: [...head.warnings, ...findHeadWarnings(attributes, layout, 0), ...warnings],
  };
}
