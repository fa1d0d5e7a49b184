import { buildHuffmanTable } from './huffman-table.ts';
import type { HuffmanTable } from './huffman-table.ts';

/** A component of a JPEG frame. */
export interface JpegComponent {
  readonly id: number;
  /** How many of its samples lie side by side, and above each other, in a unit of the frame. */
  readonly horizontal: number;
  readonly vertical: number;
  readonly quantizer: number;
}

/** The frame header (ITU-T T.81 section B.2.2). */
export interface JpegFrame {
  /** The marker's second byte: C0 baseline, C1 extended, C2 progressive, C3 lossless, F7 JPEG-LS. */
  readonly process: number;
  /** Bits per sample. */
  readonly precision: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly JpegComponent[];
}

export interface ScanComponent {
  /** Its place among the frame's components. */
  readonly index: number;
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
}

/** A scan header (section B.2.3) with the tables in force. */
export interface JpegScan {
  readonly components: readonly ScanComponent[];
  /** Ss: the predictor of a lossless scan. */
  readonly selection: number;
  /** Of JPEG-LS, the interleave mode: 0 planes, 1 lines, 2 samples. */
  readonly selectionEnd: number;
  /** Al: how many low bits a lossless scan leaves out. */
  readonly shift: number;
  /** Units between restart markers; 0 for none. */
  readonly restartInterval: number;
  /** The entropy-coded data: from here to the next marker that is no restart. */
  readonly data: Uint8Array;
}

export interface Jpeg {
  readonly frame: JpegFrame;
  readonly scans: readonly JpegScan[];
  /** Tables of 64 steps in the order of the zigzag, by number. */
  readonly quantizers: ReadonlyMap<number, readonly number[]>;
  /** Whether a JFIF or Adobe marker says what the components mean. */
  readonly namesColors: boolean;
}

interface ReadingState {
  frame?: JpegFrame;
  readonly scans: JpegScan[];
  readonly quantizers: Map<number, readonly number[]>;
  readonly huffman: Map<string, HuffmanTable>;
  restartInterval: number;
  namesColors: boolean;
}

type SegmentReader = (segment: Uint8Array, state: ReadingState, marker: number) => void;

const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);

const readFrameHeader: SegmentReader = (segment, state, marker) => {
  const count = segment[5] ?? 0;
  if (segment.length < 6 + count * 3) throw new Error('its JPEG frame header is cut off');
  state.frame ??= {
    process: marker,
    precision: segment[0] ?? 0,
    height: word(segment, 1),
    width: word(segment, 3),
    components: Array.from({ length: count }, (_, index) => {
      const [id = 0, factors = 0, quantizer = 0] = segment.subarray(6 + index * 3);
      return { id, horizontal: factors >> 4, vertical: factors & 15, quantizer };
    }),
  };
};

const readHuffmanTables: SegmentReader = (segment, { huffman }) => {
  let at = 0;
  while (at + 17 <= segment.length) {
    const counts = [...segment.subarray(at + 1, at + 17)];
    const total = counts.reduce((sum, count) => sum + count, 0);
    const symbols = segment.subarray(at + 17, at + 17 + total);
    const [kind, number] = [(segment[at] ?? 0) >> 4, (segment[at] ?? 0) & 15];
    huffman.set(`${kind === 0 ? 'dc' : 'ac'} ${number}`, buildHuffmanTable(counts, symbols));
    at += 17 + total;
  }
};

const readQuantizers: SegmentReader = (segment, { quantizers }) => {
  let at = 0;
  while (at < segment.length) {
    const [wide, number] = [(segment[at] ?? 0) >> 4, (segment[at] ?? 0) & 15];
    const from = at + 1;
    const steps = Array.from({ length: 64 }, (_, index) =>
      wide === 0 ? (segment[from + index] ?? 0) : word(segment, from + index * 2),
    );
    quantizers.set(number, steps);
    at = from + (wide === 0 ? 64 : 128);
  }
};

/** Decoders overlook shorter ones. */
const ADOBE_LENGTH = 12;

const segmentReaders = new Map<number, SegmentReader>([
  ...[0xc0, 0xc1, 0xc2, 0xc3, 0xf7].map((marker) => [marker, readFrameHeader] as const),
  [0xc4, readHuffmanTables],
  [0xdb, readQuantizers],
  [0xdd, (segment, state) => (state.restartInterval = word(segment, 0))],
  [0xe0, (segment, state) => (state.namesColors ||= startsWith(segment, 'JFIF'))],
  [0xee, (segment, state) => (state.namesColors ||= startsWith(segment, 'Adobe') && segment.length >= ADOBE_LENGTH)],
]);

const startsWith = (segment: Uint8Array, text: string): boolean =>
  Buffer.from(segment.subarray(0, text.length)).toString('latin1') === text;

const [IMAGE_START, IMAGE_END, SCAN_START, JPEG_LS] = [0xd8, 0xd9, 0xda, 0xf7];

/** Read everything in a JPEG or JPEG-LS stream but its pixels. Throws where it is cut off or makes no sense. */
export function readJpeg(bytes: Uint8Array): Jpeg {
  if (word(bytes, 0) !== 0xff00 + IMAGE_START) throw new Error('its JPEG data do not begin as JPEG');
  const state: ReadingState = {
    scans: [],
    quantizers: new Map(),
    huffman: new Map(),
    restartInterval: 0,
    namesColors: false,
  };
  let at = 2;
  while (at + 4 <= bytes.length) {
    const [first, marker = 0] = bytes.subarray(at);
    if (first !== 0xff) throw new Error('its JPEG data are damaged');
    if (marker === IMAGE_END) break;
    if (marker === 0xff) {
      at++;
      continue;
    }
    at = readSegment(bytes, { at, marker }, state);
  }
  if (!state.frame || state.scans.length === 0) throw new Error('its JPEG data are cut off');
  return { ...state, frame: state.frame };
}

/** Returns where the next segment stands. */
function readSegment(bytes: Uint8Array, { at, marker }: { at: number; marker: number }, state: ReadingState): number {
  const end = at + 2 + word(bytes, at + 2);
  if (end > bytes.length || end < at + 4) throw new Error('its JPEG data are cut off');
  const segment = bytes.subarray(at + 4, end);
  segmentReaders.get(marker)?.(segment, state, marker);
  if (marker !== SCAN_START) return end;
  // JPEG-LS stuffs bits, not bytes: where its data end is for its own decoder to say.
  const scanEnd = state.frame?.process === JPEG_LS ? bytes.length : findScanEnd(bytes, end);
  state.scans.push(readScanHeader(segment, state, bytes.subarray(end, scanEnd)));
  return scanEnd;
}

const noTable = buildHuffmanTable([], new Uint8Array(0));

function readScanHeader(segment: Uint8Array, state: ReadingState, data: Uint8Array): JpegScan {
  const { frame, huffman, restartInterval } = state;
  const count = segment[0] ?? 0;
  if (!frame || segment.length < 4 + count * 2) throw new Error('its JPEG scan header is cut off');
  const components = Array.from({ length: count }, (_, place) => {
    const [id, selectors = 0] = segment.subarray(1 + place * 2);
    const index = frame.components.findIndex((component) => component.id === id);
    if (index < 0) throw new Error('its JPEG scan names an unknown component');
    const dc = huffman.get(`dc ${selectors >> 4}`) ?? noTable;
    return { index, dc, ac: huffman.get(`ac ${selectors & 15}`) ?? noTable };
  });
  const [selection = 0, selectionEnd = 0, approximation = 0] = segment.subarray(1 + count * 2);
  return { components, selection, selectionEnd, shift: approximation & 15, restartInterval, data };
}

/** Stuffed zeros and restart markers belong to the data, any other marker ends them. */
function findScanEnd(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    const isPartOfScan = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!isPartOfScan && next !== 0xff) return at;
    at = bytes.indexOf(0xff, at + (isPartOfScan ? 2 : 1));
  }
  return bytes.length;
}
