import type { LookupTable } from '#shared/lookup-table.ts';
import type { Attributes } from './attributes.ts';

export interface LookupTags {
  readonly descriptor: string;
  readonly table: string;
}

/** Read a table; undefined where it is absent or cut off. `isSigned` says whether its inputs may be negative. */
export function readLookupTable(
  attributes: Attributes,
  { descriptor, table }: LookupTags,
  isSigned: boolean,
): LookupTable | undefined {
  const [count, first = 0, bits = 16] = attributes.words(descriptor, 3);
  if (count === undefined) return undefined;
  const length = count === 0 ? 65_536 : count;
  const entries = readEntries(attributes.words(table), length);
  // Writers disagree on whether the second number is signed; beyond 32767 it can only be meant so where inputs are.
  const isNegative = first > 32_767 && (isSigned || attributes.representation(descriptor) === 'SS');
  return entries && { first: isNegative ? first - 65_536 : first, entries, bits: countBits(entries, bits) };
}

/** Entries take a word each; some writers pack those of 8 bits two to a word. */
function readEntries(words: Uint16Array, length: number): Uint16Array | undefined {
  if (words.length >= length) return words.subarray(0, length);
  if (words.length < length / 2) return undefined;
  return new Uint16Array(length).map((_, at) => ((words[at >> 1] ?? 0) >> (at % 2 === 0 ? 0 : 8)) & 0xff);
}

/** Some descriptors name fewer bits than their entries have, which would show nearly everything white. */
function countBits(entries: Uint16Array, stated: number): number {
  const highest = entries.reduce((high, entry) => Math.max(high, entry), 0);
  const isPossible = stated >= 1 && stated <= 16 && highest < 2 ** stated;
  return isPossible ? stated : Math.max(8, Math.ceil(Math.log2(highest + 1)));
}
