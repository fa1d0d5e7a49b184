/** What the channels of a layer carry on one picture, between the program and its bytes in the catalog. */
import type { ConceptLayer } from './concept-layers.ts';
import { readFloats, writeFloats } from './rows.ts';

/** The highest value of each channel over the positions (signed), and its position counted row by row. */
export interface ConceptPeaks {
  readonly values: Float32Array;
  readonly positions: Float32Array | Uint16Array | Uint32Array;
}

export interface ConceptValues {
  /** Summed over positions: [channels]. */
  readonly sums: Float32Array;
  /** Of a layer without positions its sums, all at 0. */
  readonly peaks: ConceptPeaks;
}

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;
const MOST_SHORT_POSITIONS = 0x10000;

type Shape = Pick<ConceptLayer, 'channels' | 'height' | 'width'>;

const hasPositions = ({ height, width }: Shape): boolean => height !== undefined && width !== undefined;

const positionBytes = ({ height = 1, width = 1 }: Shape): 2 | 4 => (height * width <= MOST_SHORT_POSITIONS ? 2 : 4);

/** The columns of a row. */
export function writeValues(shape: Shape, { sums, peaks }: ConceptValues): Readonly<Record<string, unknown>> {
  const positions = positionBytes(shape) === 2 ? Uint16Array.from(peaks.positions) : Uint32Array.from(peaks.positions);
  const bytes = new Uint8Array(positions.buffer, positions.byteOffset, positions.byteLength);
  return {
    ...{ sums: writeFloats(sums), absolute: sumMagnitudes(sums), peakAbsolute: sumMagnitudes(peaks.values) },
    ...(hasPositions(shape)
      ? { peaks: writeFloats(peaks.values), positions: bytes }
      : { peaks: undefined, positions: undefined }),
  };
}

export interface StoredValues {
  readonly sums: Buffer;
  readonly peaks: Buffer | null;
  readonly positions: Buffer | null;
}

/** All channels of a row, or the ones its bytes were cut to. */
export function readValues(shape: Shape, row: StoredValues): ConceptValues {
  const sums = readFloats(row.sums);
  if (!row.peaks || !row.positions) return { sums, peaks: { values: sums, positions: new Uint16Array(sums.length) } };
  const bytes = new Uint8Array(row.positions).buffer;
  const positions = positionBytes(shape) === 2 ? new Uint16Array(bytes) : new Uint32Array(bytes);
  return { sums, peaks: { values: readFloats(row.peaks), positions } };
}

/** Columns that hold one channel alone, and where it begins. */
export const oneChannel = `substr(c.sums, @first, ${FLOAT_BYTES}) AS sums, substr(c.peaks, @first, ${FLOAT_BYTES}) AS peaks,
    substr(c.positions, @firstPosition, @positionBytes) AS positions`;

export function locateChannel(shape: Shape, channel: number): Readonly<Record<string, number>> {
  const bytes = positionBytes(shape);
  return { first: channel * FLOAT_BYTES + 1, firstPosition: channel * bytes + 1, positionBytes: bytes };
}

/** Against dividing by zero, as the field does it (zennit-crp). */
export const SHARE_STABILIZER = 1e-10;

/** The signed share of the layer's relevance that a channel carries: its sum by the sum of all channels' magnitudes. */
export const shareOf = (table: string): string =>
  `float32(substr(${table}.sums, @shareFirst, ${FLOAT_BYTES})) / (${table}.absolute + ${SHARE_STABILIZER})`;

function sumMagnitudes(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += Math.abs(value);
  return sum;
}

/** Parameters of `shareOf`. */
export const locateShare = (channel: number): { readonly shareFirst: number } => ({
  shareFirst: channel * FLOAT_BYTES + 1,
});
