/** For tests: JPEG streams written plainly after ITU-T T.81, without regard to size or speed. */

/** A picture as rows of pixels of samples: pixels[y][x][component]. */
export type SamplePixels = readonly (readonly (readonly number[])[])[];

export interface HandMadeJpeg {
  readonly pixels: SamplePixels;
  readonly precision: number;
  /** Units between restart markers; in lossless streams pixels. */
  readonly restartInterval?: number;
  /** Writes each component as a scan of its own. */
  readonly isSeparate?: boolean;
}

const segment = (marker: number, bytes: readonly number[]): number[] => [
  0xff,
  marker,
  ...word(bytes.length + 2),
  ...bytes,
];
const word = (value: number): number[] => [value >> 8, value & 255];

/** One Huffman table for all: the symbols 0 to 254 with codes of eight bits that equal them. */
const huffmanTable = [...Array.from({ length: 16 }, (_, at) => (at === 7 ? 255 : 0)), ...Array(255).keys()];
const huffmanTables = [...segment(0xc4, [0x00, ...huffmanTable]), ...segment(0xc4, [0x10, ...huffmanTable])];

class BitWriter {
  readonly bytes: number[] = [];
  #bits: number[] = [];

  write(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit--) this.#bits.push((value >> bit) & 1);
    while (this.#bits.length >= 8) this.#pushByte(this.#bits.splice(0, 8));
  }

  /** Categories and their bits: section F.1.2.1. */
  writeSigned(symbolHigh: number, value: number): void {
    const length = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1;
    this.write(symbolHigh * 16 + length, 8);
    if (length < 16) this.write(value > 0 ? value : value + 2 ** length - 1, length);
  }

  restart(number: number): void {
    this.flush();
    this.bytes.push(0xff, 0xd0 + (number % 8));
  }

  flush(): void {
    while (this.#bits.length % 8 > 0) this.#bits.push(1);
    while (this.#bits.length > 0) this.#pushByte(this.#bits.splice(0, 8));
  }

  #pushByte(bits: readonly number[]): void {
    const byte = parseInt(bits.join(''), 2);
    this.bytes.push(...(byte === 0xff ? [byte, 0] : [byte]));
  }
}

interface ScanPlan {
  readonly components: readonly number[];
  readonly parameters: readonly number[];
}

function writeScan({ components, parameters }: ScanPlan, data: readonly number[]): number[] {
  const header = [components.length, ...components.flatMap((index) => [index + 1, 0]), ...parameters];
  return [...segment(0xda, header), ...data];
}

interface StreamPlan {
  readonly process: number;
  readonly factors: readonly number[];
  readonly scans: readonly number[];
}

function writeStream({ pixels, precision, restartInterval }: HandMadeJpeg, plan: StreamPlan): Uint8Array {
  const size = [...word(pixels.length), ...word(pixels[0]?.length ?? 0)];
  const components = plan.factors.flatMap((factor, index) => [index + 1, factor, 0]);
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    ...segment(plan.process, [precision, ...size, plan.factors.length, ...components]),
    ...huffmanTables,
    ...(restartInterval ? segment(0xdd, word(restartInterval)) : []),
    ...plan.scans,
    ...[0xff, 0xd9],
  ]);
}

const listComponents = ({ pixels }: HandMadeJpeg): number[] => [...(pixels[0]?.[0] ?? []).keys()];

const scanGroups = (jpeg: HandMadeJpeg): number[][] =>
  jpeg.isSeparate ? listComponents(jpeg).map((index) => [index]) : [listComponents(jpeg)];

/** A lossless stream (process 14) with one of the predictors 1 to 7, leaving out `shift` low bits. */
export function writeLosslessJpeg(jpeg: HandMadeJpeg, predictor: number, shift = 0): Uint8Array {
  const scans = scanGroups(jpeg).flatMap((components) => {
    const parameters = [predictor, 0, shift];
    return writeScan({ components, parameters }, codeLossless(jpeg, components, { predictor, shift }));
  });
  return writeStream(jpeg, { process: 0xc3, factors: listComponents(jpeg).map(() => 0x11), scans });
}

interface LosslessSettings {
  readonly predictor: number;
  readonly shift: number;
}

function codeLossless(jpeg: HandMadeJpeg, components: readonly number[], settings: LosslessSettings): number[] {
  const writer = new BitWriter();
  const width = jpeg.pixels[0]?.length ?? 0;
  const rowsPerRestart = (jpeg.restartInterval ?? Infinity) / width;
  jpeg.pixels.forEach((row, y) => {
    const isFirst = y % rowsPerRestart === 0;
    if (isFirst && y > 0) writer.restart(y / rowsPerRestart - 1);
    row.forEach((pixel, x) => {
      for (const index of components) {
        const prediction = predict(jpeg, { x, y, index, isFirst }, settings);
        const difference = (((pixel[index] ?? 0) >> settings.shift) - prediction) & 0xffff;
        writer.writeSigned(0, difference > 32_768 ? difference - 65_536 : difference);
      }
    });
  });
  writer.flush();
  return writer.bytes;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly index: number;
  readonly isFirst: boolean;
}

function predict(jpeg: HandMadeJpeg, { x, y, index, isFirst }: Place, { predictor, shift }: LosslessSettings): number {
  const sample = (dx: number, dy: number): number => (jpeg.pixels[y + dy]?.[x + dx]?.[index] ?? 0) >> shift;
  const [left, above, corner] = [sample(-1, 0), sample(0, -1), sample(-1, -1)];
  if (isFirst) return x === 0 ? 2 ** (jpeg.precision - shift - 1) : left;
  if (x === 0) return above;
  const formulas = [
    left,
    above,
    corner,
    left + above - corner,
    left + Math.floor((above - corner) / 2),
    above + Math.floor((left - corner) / 2),
    Math.floor((left + above) / 2),
  ];
  return formulas[predictor - 1] ?? 0;
}

/** A sequential DCT stream with all quantizer steps 1; `factors` are the sampling factors of the components, as 0x21. */
export function writeDctJpeg(jpeg: HandMadeJpeg, factors: readonly number[]): Uint8Array {
  const parameters = [0, 63, 0];
  const scans = scanGroups(jpeg).flatMap((components) =>
    writeScan({ components, parameters }, codeDct(jpeg, components, factors)),
  );
  return writeStream(jpeg, { process: 0xc1, factors, scans });
}

/** Blocks of a component within a unit of a scan, and how many pixels apart its samples lie. */
interface BlockPlan {
  readonly index: number;
  readonly wide: number;
  readonly high: number;
  readonly stepX: number;
  readonly stepY: number;
}

function planBlocks(components: readonly number[], factors: readonly number[]): BlockPlan[] {
  const split = factors.map((factor) => ({ x: factor >> 4, y: factor & 15 }));
  const [mostX, mostY] = [Math.max(...split.map(({ x }) => x)), Math.max(...split.map(({ y }) => y))];
  return components.map((index) => {
    const { x = 1, y = 1 } = split[index] ?? {};
    const blocks = components.length === 1 ? { wide: 1, high: 1 } : { wide: x, high: y };
    return { index, ...blocks, stepX: mostX / x, stepY: mostY / y };
  });
}

function codeDct(jpeg: HandMadeJpeg, components: readonly number[], factors: readonly number[]): number[] {
  const writer = new BitWriter();
  const plans = planBlocks(components, factors);
  const unitSize = {
    x: Math.max(...plans.map(({ wide, stepX }) => 8 * wide * stepX)),
    y: Math.max(...plans.map(({ high, stepY }) => 8 * high * stepY)),
  };
  const unitsWide = Math.ceil((jpeg.pixels[0]?.length ?? 0) / unitSize.x);
  const units = unitsWide * Math.ceil(jpeg.pixels.length / unitSize.y);
  const last = new Map<number, number>();
  for (let unit = 0; unit < units; unit++) {
    if (unit > 0 && unit % (jpeg.restartInterval ?? Infinity) === 0) {
      writer.restart(unit / (jpeg.restartInterval ?? 1) - 1);
      last.clear();
    }
    const place = { x: unit % unitsWide, y: Math.floor(unit / unitsWide) };
    for (const plan of plans) codeUnit(writer, listBlocks(jpeg, plan, place), { plan, last });
  }
  writer.flush();
  return writer.bytes;
}

type Block = (x: number, y: number) => number;

/** The blocks of one component in the unit at this place, row by row, as functions of x and y in the block. */
function listBlocks(jpeg: HandMadeJpeg, plan: BlockPlan, unit: { x: number; y: number }): Block[] {
  const { index, wide, high, stepX, stepY } = plan;
  return Array.from({ length: wide * high }, (_, block) => {
    const left = (unit.x * wide + (block % wide)) * 8;
    const top = (unit.y * high + Math.floor(block / wide)) * 8;
    return (x, y) =>
      readSample(jpeg, index, { x: (left + x) * stepX, y: (top + y) * stepY }) - 2 ** (jpeg.precision - 1);
  });
}

function codeUnit(
  writer: BitWriter,
  blocks: readonly Block[],
  { plan, last }: { plan: BlockPlan; last: Map<number, number> },
): void {
  for (const block of blocks) last.set(plan.index, codeBlock(writer, transform(block), last.get(plan.index) ?? 0));
}

/** Beyond the edge the last sample goes on. */
function readSample({ pixels }: HandMadeJpeg, index: number, { x, y }: { x: number; y: number }): number {
  const row = pixels[Math.min(y, pixels.length - 1)] ?? [];
  return row[Math.min(x, row.length - 1)]?.[index] ?? 0;
}

/** The forward DCT by its definition (section A.3.3), row by row, rounded. */
function transform(read: Block): number[] {
  const scale = (frequency: number): number => (frequency === 0 ? Math.SQRT1_2 : 1);
  const wave = (place: number, frequency: number): number => Math.cos(((2 * place + 1) * frequency * Math.PI) / 16);
  return Array.from({ length: 64 }, (_, at) => {
    const [v, u] = [at >> 3, at & 7];
    let sum = 0;
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 8; x++) sum += read(x, y) * wave(x, u) * wave(y, v);
    }
    return Math.round((scale(u) * scale(v) * sum) / 4);
  });
}

/** Places of an 8 x 8 block along its diagonals, back and forth (figure 5). */
const zigzag = Array.from({ length: 64 }, (_, at) => at).sort((one, other) => {
  const key = (at: number): number => {
    const [row, column] = [at >> 3, at & 7];
    const diagonal = row + column;
    return diagonal * 8 + (diagonal % 2 === 0 ? column : row);
  };
  return key(one) - key(other);
});

/** Returns the block's DC coefficient. */
function codeBlock(writer: BitWriter, coefficients: readonly number[], last: number): number {
  const ordered = zigzag.map((at) => coefficients[at] ?? 0);
  const [dc = 0, ...ac] = ordered;
  writer.writeSigned(0, dc - last);
  let zeros = 0;
  for (const value of ac.slice(0, ac.findLastIndex((coefficient) => coefficient !== 0) + 1)) {
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) writer.write(0xf0, 8);
    writer.writeSigned(zeros, value);
    zeros = 0;
  }
  if (ac.at(-1) === 0) writer.write(0, 8);
  return dc;
}
