/** A lookup table of a DICOM file (PS3.3 section C.11.1.1). */
export interface LookupTable {
  /** The input the first entry stands for; inputs below take the first entry, inputs beyond the last take the last. */
  readonly first: number;
  readonly entries: Uint16Array;
  /** Bits of an entry: white is 2^bits - 1. */
  readonly bits: number;
}

/** The entry an input is given; the input is rounded to a whole number. */
export function lookUp({ first, entries }: LookupTable, input: number): number {
  const place = Math.min(entries.length - 1, Math.max(0, Math.round(input) - first));
  return entries[place] ?? 0;
}
