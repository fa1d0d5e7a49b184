import { LightboxError } from '#shared/errors.ts';
import type { Attributes } from './attributes.ts';
import { lookUp, type LookupTable } from '#shared/lookup-table.ts';
import { readLookupTable } from './lookup-table.ts';
import { tags } from './tags.ts';

const paletteTags = [
  { descriptor: tags.redDescriptor, table: tags.redTable },
  { descriptor: tags.greenDescriptor, table: tags.greenTable },
  { descriptor: tags.blueDescriptor, table: tags.blueTable },
];

/** From a stored value to red, green and blue of 8 bits. */
export type Palette = (stored: number) => readonly number[];

/**
 * The palette of a PALETTE COLOR picture (PS3.3 section C.7.9).
 * @throws LightboxError `picture/unsupported` where it is segmented or absent.
 */
export function readPalette(attributes: Attributes, isSigned: boolean, name: string): Palette {
  const tables = paletteTags.map((place) => readLookupTable(attributes, place, isSigned));
  const known = tables.filter((table) => table !== undefined);
  if (known.length < tables.length) {
    const sentence = `${name} has colors from a palette that is absent, cut off or segmented, which is not read.`;
    throw new LightboxError('picture/unsupported', sentence);
  }
  const shift = findShift(known);
  return (stored) => known.map((table) => lookUp(table, stored) >> shift);
}

/** Palettes of 16 bits fill their high bytes; those that never do so hold 8-bit colors under a wrong name. */
function findShift(tables: readonly LookupTable[]): number {
  const isWide = tables.some(({ entries }) => entries.some((entry) => entry > 0xff));
  return isWide ? Math.max(...tables.map(({ bits }) => bits)) - 8 : 0;
}
