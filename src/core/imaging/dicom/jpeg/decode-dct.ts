import { EntropyReader } from './entropy-reader.ts';
import { writeInverseDct } from './inverse-dct.ts';
import type { Jpeg, JpegComponent, JpegScan, ScanComponent } from './read-jpeg.ts';

/** Zigzag order (ITU-T T.81 figure 5): the row-major place of each coefficient. */
const zigzag = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
];

/** The samples of one component, in whole blocks of 8 x 8. */
interface Plane {
  readonly component: JpegComponent;
  /** Blocks that hold pixels. */
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** Samples in a row; a whole number of units. */
  readonly stride: number;
  readonly samples: Uint16Array;
  readonly steps: readonly number[];
}

/**
 * Decode a sequential DCT frame with Huffman coding (ITU-T T.81 annex F: baseline and extended, 8 or 12 bit) to
 * height x width x components samples. Components of lower resolution are repeated. Throws where data are missing.
 */
export function decodeDct({ frame, scans, quantizers }: Jpeg): Uint16Array {
  checkSampling(frame.components);
  const [horizontal, vertical] = [
    Math.max(...frame.components.map((component) => component.horizontal)),
    Math.max(...frame.components.map((component) => component.vertical)),
  ];
  const units = {
    wide: Math.ceil(frame.width / (8 * horizontal)),
    high: Math.ceil(frame.height / (8 * vertical)),
  };
  const bitsThere = scans.reduce((sum, { data }) => sum + data.length * 8, 0);
  if (bitsThere < units.wide * units.high * 2) throw new Error('its JPEG data end early');
  const planes = frame.components.map((component) => {
    const steps = quantizers.get(component.quantizer);
    if (!steps) throw new Error('its JPEG data lack a quantization table');
    return {
      component,
      blocksWide: Math.ceil((frame.width * component.horizontal) / (8 * horizontal)),
      blocksHigh: Math.ceil((frame.height * component.vertical) / (8 * vertical)),
      stride: units.wide * component.horizontal * 8,
      samples: new Uint16Array(units.wide * units.high * component.horizontal * component.vertical * 64),
      steps,
    };
  });
  const seen = new Set(scans.flatMap((scan) => decodeScan(scan, { planes, units, precision: frame.precision })));
  if (seen.size < planes.length) throw new Error('its JPEG data end early');
  return interleave(frame, planes, { horizontal, vertical });
}

function checkSampling(components: readonly JpegComponent[]): void {
  const isUsual = (factor: number): boolean => factor >= 1 && factor <= 4;
  if (!components.every(({ horizontal, vertical }) => isUsual(horizontal) && isUsual(vertical))) {
    throw new Error('its JPEG sampling factors make no sense');
  }
}

interface ScanTarget {
  readonly planes: readonly Plane[];
  readonly units: { readonly wide: number; readonly high: number };
  readonly precision: number;
}

/** Returns the places of the components it has filled. */
function decodeScan(scan: JpegScan, { planes, units, precision }: ScanTarget): number[] {
  const reader = new EntropyReader(scan.data);
  const parts = scan.components.flatMap((part) => {
    const plane = planes[part.index];
    return plane ? [{ decoder: new BlockDecoder(reader, part, { plane, precision }), plane }] : [];
  });
  const [only] = parts;
  // A scan of one component counts in blocks, one of several in units of all of them.
  const grid = parts.length === 1 && only ? { wide: only.plane.blocksWide, high: only.plane.blocksHigh } : units;
  for (let unit = 0; unit < grid.wide * grid.high; unit++) {
    if (scan.restartInterval > 0 && unit > 0 && unit % scan.restartInterval === 0) {
      reader.restart();
      for (const { decoder } of parts) decoder.reset();
    }
    const [left, top] = [unit % grid.wide, Math.trunc(unit / grid.wide)];
    for (const { decoder, plane } of parts) {
      const { horizontal, vertical } = parts.length === 1 ? { horizontal: 1, vertical: 1 } : plane.component;
      for (let block = 0; block < horizontal * vertical; block++) {
        const row = top * vertical + Math.trunc(block / horizontal);
        decoder.decodeBlock(left * horizontal + (block % horizontal), row);
      }
    }
  }
  return scan.components.map(({ index }) => index);
}

/** Decodes blocks of one component one after the other. */
class BlockDecoder {
  readonly #reader: EntropyReader;
  readonly #part: ScanComponent;
  readonly #plane: Plane;
  readonly #precision: number;
  readonly #coefficients = new Float64Array(64);
  #lastDc = 0;

  constructor(reader: EntropyReader, part: ScanComponent, { plane, precision }: { plane: Plane; precision: number }) {
    [this.#reader, this.#part, this.#plane, this.#precision] = [reader, part, plane, precision];
  }

  reset(): void {
    this.#lastDc = 0;
  }

  decodeBlock(column: number, row: number): void {
    const { steps, stride, samples } = this.#plane;
    this.#coefficients.fill(0);
    const length = this.#reader.readSymbol(this.#part.dc);
    if (length > 15) throw new Error('its JPEG data are damaged');
    this.#lastDc += this.#reader.readSigned(length);
    this.#coefficients[0] = this.#lastDc * (steps[0] ?? 0);
    this.#readAc(steps);
    const target = samples.subarray(row * 8 * stride + column * 8);
    writeInverseDct(this.#coefficients, { samples: target, stride, precision: this.#precision });
  }

  #readAc(steps: readonly number[]): void {
    for (let place = 1; place < 64; place++) {
      const symbol = this.#reader.readSymbol(this.#part.ac);
      const [zeros, length] = [symbol >> 4, symbol & 15];
      if (length === 0 && zeros < 15) return;
      place += zeros;
      if (place > 63) throw new Error('its JPEG data are damaged');
      if (length > 0) this.#coefficients[zigzag[place] ?? 0] = this.#reader.readSigned(length) * (steps[place] ?? 0);
    }
  }
}

function interleave(
  { width, height }: Jpeg['frame'],
  planes: readonly Plane[],
  most: { horizontal: number; vertical: number },
): Uint16Array {
  const target = new Uint16Array(width * height * planes.length);
  planes.forEach(({ component, samples, stride }, channel) => {
    const [scaleX, scaleY] = [component.horizontal / most.horizontal, component.vertical / most.vertical];
    for (let y = 0, to = channel; y < height; y++) {
      const row = Math.trunc(y * scaleY) * stride;
      for (let x = 0; x < width; x++, to += planes.length) target[to] = samples[row + Math.trunc(x * scaleX)] ?? 0;
    }
  });
  return target;
}
