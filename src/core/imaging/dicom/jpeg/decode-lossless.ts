import { EntropyReader } from './entropy-reader.ts';
import type { Jpeg, JpegScan } from './read-jpeg.ts';

/** Neighbours of a sample: left, above, above left. */
type Predictor = (left: number, above: number, corner: number) => number;

/** By selection value (ITU-T T.81 table H.1). */
const predictors: readonly (Predictor | undefined)[] = [
  undefined,
  (left) => left,
  (_, above) => above,
  (_left, _above, corner) => corner,
  (left, above, corner) => left + above - corner,
  (left, above, corner) => left + ((above - corner) >> 1),
  (left, above, corner) => above + ((left - corner) >> 1),
  (left, above) => (left + above) >> 1,
];

/** What a lossless scan is decoded into. */
interface LosslessTarget {
  readonly width: number;
  readonly height: number;
  /** Samples of a pixel. */
  readonly step: number;
  readonly precision: number;
  /** height x width x step. */
  readonly samples: Uint16Array;
}

/**
 * Decode a lossless frame with Huffman coding (ITU-T T.81 annex H) to height x width x components samples.
 * Throws where data are missing or components differ in resolution.
 */
export function decodeLossless({ frame, scans }: Jpeg): Uint16Array {
  const { width, height, precision, components } = frame;
  if (components.some(({ horizontal, vertical }) => horizontal !== 1 || vertical !== 1) && components.length > 1) {
    throw new Error('its lossless JPEG data have components of different resolution');
  }
  const samplesNeeded = width * height * components.length;
  const bitsThere = scans.reduce((sum, { data }) => sum + data.length * 8, 0);
  if (bitsThere < samplesNeeded) throw new Error('its JPEG data end early');
  const target = { width, height, step: components.length, precision, samples: new Uint16Array(samplesNeeded) };
  const seen = new Set(scans.flatMap((scan) => decodeScan(scan, target)));
  if (seen.size < components.length) throw new Error('its JPEG data end early');
  return target.samples;
}

/** Returns the places of the components it has filled. */
function decodeScan(scan: JpegScan, target: LosslessTarget): number[] {
  const { width, height } = target;
  const rowsPerRestart = scan.restartInterval === 0 ? height : scan.restartInterval / width;
  if (!Number.isInteger(rowsPerRestart)) throw new Error('its lossless JPEG data restart within a row');
  const reader = new EntropyReader(scan.data);
  for (let row = 0; row < height; row++) {
    const isFirst = row % rowsPerRestart === 0;
    if (isFirst && row > 0) reader.restart();
    decodeRow(scan, reader, { ...target, row, isFirst });
  }
  if (scan.shift > 0) restoreShift(scan, target);
  return scan.components.map(({ index }) => index);
}

interface RowTarget extends LosslessTarget {
  readonly row: number;
  /** Behind a restart there is no row above. */
  readonly isFirst: boolean;
}

function decodeRow(scan: JpegScan, reader: EntropyReader, target: RowTarget): void {
  const { width, step, precision, samples, row, isFirst } = target;
  const predict = predictors[scan.selection];
  if (!predict) throw new Error('its lossless JPEG predictor is unknown');
  const [start, above] = [row * width * step, (row - 1) * width * step];
  for (let column = 0; column < width; column++) {
    for (const { index, dc } of scan.components) {
      const place = column * step + index;
      const left = samples[start + place - step] ?? 0;
      const top = samples[above + place] ?? 0;
      let prediction = column === 0 ? top : left;
      if (isFirst && column === 0) prediction = 2 ** (precision - scan.shift - 1);
      else if (!isFirst && column > 0) prediction = predict(left, top, samples[above + place - step] ?? 0);
      samples[start + place] = prediction + readDifference(reader, dc);
    }
  }
}

/** Sixteen bits wrap round, which the samples' own type does; category 16 stands alone for 32768. */
function readDifference(reader: EntropyReader, table: Uint16Array): number {
  const length = reader.readSymbol(table);
  if (length > 16) throw new Error('its JPEG data are damaged');
  return length === 16 ? 32_768 : reader.readSigned(length);
}

function restoreShift({ shift, components }: JpegScan, { samples, step }: LosslessTarget): void {
  for (const { index } of components) {
    for (let at = index; at < samples.length; at += step) samples[at] = (samples[at] ?? 0) << shift;
  }
}
