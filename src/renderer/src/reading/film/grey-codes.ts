import type { Extent } from '../stage-geometry.ts';

/** Samples as they come over the data route. */
export interface Samples extends Extent {
  readonly channels: 1 | 3;
  readonly values: Uint8Array | Uint16Array | Float32Array;
}

/** A picture's values as small whole numbers, so that a window is a table to look up: value = low + code x step. */
export interface CodedPicture extends Extent {
  readonly channels: 1 | 3;
  readonly codes: Uint8Array | Uint16Array;
  readonly low: number;
  readonly step: number;
  /** Codes there can be, padding aside. */
  readonly count: number;
  readonly hasPadding: boolean;
}

/** Stands for pixels that carry no value. */
export const paddingCode = 65_535;

/** Whole values keep themselves; others, of 16 bits at most when they were stored, are told apart by 65,535 steps. */
export function encodePicture({ width, height, channels, values }: Samples): CodedPicture {
  const size = { width, height, channels };
  if (!(values instanceof Float32Array)) {
    const count = values instanceof Uint8Array ? 256 : 65_536;
    return { ...size, codes: values, low: 0, step: 1, count, hasPadding: false };
  }
  const { low, high, isWhole, hasPadding } = survey(values);
  const isNarrow = isWhole && high - low < paddingCode;
  const step = isNarrow || high === low ? 1 : (high - low) / (paddingCode - 1);
  const codes = new Uint16Array(values.length);
  for (let pixel = 0; pixel < codes.length; pixel++) {
    const value = values[pixel] ?? NaN;
    codes[pixel] = Number.isNaN(value) ? paddingCode : Math.round((value - low) / step);
  }
  return { ...size, codes, low, step, count: Math.round((high - low) / step) + 1, hasPadding };
}

function survey(values: Float32Array): { low: number; high: number; isWhole: boolean; hasPadding: boolean } {
  let [low, high, isWhole, hasPadding] = [Infinity, -Infinity, true, false];
  for (const value of values) {
    if (Number.isNaN(value)) hasPadding = true;
    else {
      if (value < low) low = value;
      if (value > high) high = value;
      if (isWhole && !Number.isInteger(value)) isWhole = false;
    }
  }
  return low <= high ? { low, high, isWhole, hasPadding } : { low: 0, high: 0, isWhole, hasPadding };
}

/** A quarter of the pixels, each the mean of two by two; padding counts nowhere. */
export function halvePicture(picture: CodedPicture): CodedPicture {
  const { channels } = picture;
  const [width, height] = [Math.max(1, picture.width >> 1), Math.max(1, picture.height >> 1)];
  const length = width * height * channels;
  const codes = picture.codes instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length);
  const halved = { ...picture, width, height, codes };
  for (let row = 0; row < height; row++) halveRows(picture, halved, row);
  return halved;
}

/** A picture of one row or column has no neighbours there. Films have millions of pixels: nothing is made for each. */
function halveRows(from: CodedPicture, to: CodedPicture, row: number): void {
  const { channels, codes, hasPadding } = from;
  const right = from.width > 1 ? channels : 0;
  const below = from.height > 1 ? from.width * channels : 0;
  const target = to.codes;
  let at = row * to.width * channels;
  let first = row * 2 * from.width * channels;
  for (let column = 0; column < to.width; column++, first += 2 * channels) {
    for (let lane = first; lane < first + channels; lane++) {
      const one = codes[lane] ?? 0;
      const two = codes[lane + right] ?? 0;
      const three = codes[lane + below] ?? 0;
      const four = codes[lane + below + right] ?? 0;
      const isPadded = hasPadding && Math.max(one, two, three, four) === paddingCode;
      target[at++] = isPadded ? meanOfSome([one, two, three, four]) : (one + two + three + four + 2) >> 2;
    }
  }
}

function meanOfSome(codes: readonly number[]): number {
  const known = codes.filter((code) => code !== paddingCode);
  return known.length === 0 ? paddingCode : Math.round(known.reduce((sum, code) => sum + code, 0) / known.length);
}

/** The codes below which given shares of the pixels lie; of colors, of their samples. */
export function findQuantiles(
  picture: CodedPicture,
  shares: readonly number[],
  counts = countCodes(picture),
): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return shares.map((share) => {
    let counted = 0;
    const most = share * total;
    const code = counts.findIndex((count) => (counted += count) > most);
    return picture.low + (code < 0 ? counts.findLastIndex((count) => count > 0) : code) * picture.step;
  });
}

export function countCodes({ codes, count }: CodedPicture): Uint32Array {
  const counts = new Uint32Array(count);
  // eslint-disable-next-line @typescript-eslint/prefer-for-of -- takes less than half the time over millions of codes
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? count;
    if (code < count) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
