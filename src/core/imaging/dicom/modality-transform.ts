import { lookUp } from '#shared/lookup-table.ts';
import type { Attributes } from './attributes.ts';
import { findFrameSettings } from './functional-groups.ts';
import { readLookupTable } from './lookup-table.ts';
import { tags } from './tags.ts';

/** From stored values to values with a meaning, such as Hounsfield units (PS3.3 section C.11.1). */
export interface ModalityTransform {
  readonly apply: (stored: number) => number;
  readonly warnings: readonly string[];
}

/** value = stored x slope + intercept. */
export interface LinearTransform {
  readonly slope: number;
  readonly intercept: number;
}

const identity: ModalityTransform = { apply: (stored) => stored, warnings: [] };

/** The file's modality LUT, else its rescale slope and intercept, else nothing. */
export function readModalityTransform(attributes: Attributes, frame: number, isSigned: boolean): ModalityTransform {
  const [sequence] = attributes.items(tags.modalityLut);
  if (sequence) {
    const table = readLookupTable(sequence, { descriptor: tags.lutDescriptor, table: tags.lutTable }, isSigned);
    if (table) return { apply: (stored) => lookUp(table, stored), warnings: [] };
    return { ...identity, warnings: ['The modality lookup table in the file is cut off and was left out.'] };
  }
  const { slope, intercept } = readRescale(attributes, frame);
  if (!isUsable({ slope, intercept })) {
    return { ...identity, warnings: ['The rescale slope or intercept in the file makes no sense and was left out.'] };
  }
  return { apply: (stored) => stored * slope + intercept, warnings: [] };
}

/** The same where it is a line; undefined where the file does it by a table. */
export function readLinearTransform(attributes: Attributes, frame: number): LinearTransform | undefined {
  if (attributes.items(tags.modalityLut).length > 0) return undefined;
  const rescale = readRescale(attributes, frame);
  return isUsable(rescale) ? rescale : { slope: 1, intercept: 0 };
}

function readRescale(attributes: Attributes, frame: number): LinearTransform {
  const settings = findFrameSettings(attributes, frame, tags.pixelValueTransformation);
  const [slope = 1] = settings.decimals(tags.rescaleSlope);
  const [intercept = 0] = settings.decimals(tags.rescaleIntercept);
  return { slope, intercept };
}

const isUsable = ({ slope, intercept }: LinearTransform): boolean =>
  Number.isFinite(slope) && Number.isFinite(intercept) && slope !== 0;
