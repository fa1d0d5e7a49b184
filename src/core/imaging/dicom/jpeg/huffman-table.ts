/** A code's symbol and length by the next 16 bits of the stream: symbol * 32 + length; 0 where no code begins so. */
export type HuffmanTable = Uint16Array;

export const NO_CODE = 0;
const LONGEST_CODE = 16;

/**
 * Build a table from how many codes there are of each length, 1 to 16, and their symbols (ITU-T T.81 annex C).
 * Throws where there are more codes than fit.
 */
export function buildHuffmanTable(counts: readonly number[], symbols: Uint8Array): HuffmanTable {
  const table = new Uint16Array(2 ** LONGEST_CODE);
  let [from, place] = [0, 0];
  counts.forEach((count, index) => {
    const length = index + 1;
    const span = 2 ** (LONGEST_CODE - length);
    for (let code = 0; code < count; code++, from += span) {
      const symbol = symbols[place++];
      if (symbol === undefined || from + span > table.length) throw new Error('its JPEG Huffman tables are damaged');
      table.fill(symbol * 32 + length, from, from + span);
    }
  });
  return table;
}
