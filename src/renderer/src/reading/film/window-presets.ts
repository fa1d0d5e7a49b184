import type { GreyWindow } from '#shared/grey-window.ts';
import type { FileWindow, GreyFacts } from '#shared/contract/pictures.ts';
import { countCodes, findQuantiles, type CodedPicture } from './grey-codes.ts';

/** A way of showing values as grey that can be chosen. */
export interface WindowPreset {
  /** The same for the same choice on every picture. */
  readonly id: string;
  readonly title: string;
  readonly window: GreyWindow;
}

export interface WindowPresets {
  readonly automatic: WindowPreset;
  /** The file's own first, then ranges, then styles. */
  readonly listed: readonly WindowPreset[];
}

/** Share of pixels that the robust range leaves out at each end. */
const trimmed = 0.001;

/** Windows in Hounsfield units that are in common use. */
const hounsfield = [
  ['lung', 'Lung', -600, 1500],
  ['soft', 'Soft tissue', 40, 400],
  ['bone', 'Bone', 400, 1800],
] as const;

/** Radiographs have no common scale: styles are shares of the pixels from dark to bright. */
const radiograph = [
  ['lung', 'Lung style', 0.01, 0.6],
  ['soft', 'Soft tissue style', 0.2, 0.95],
  ['bone', 'Bone style', 0.45, 0.999],
] as const;

export function listPresets(picture: CodedPicture, grey: GreyFacts | undefined): WindowPresets {
  const counts = countCodes(picture);
  const quantiles: Quantiles = (shares) => findQuantiles(picture, shares, counts);
  const ranges = listRanges(quantiles);
  const files = (grey?.windows ?? []).map((window, index) => nameFileWindow(window, index));
  const first = files[0] ?? (picture.codes instanceof Uint8Array && !grey ? asStored : ranges.robust);
  return {
    automatic: { ...first, id: 'automatic', title: `Automatic (${first.title})` },
    listed: [...files, ranges.full, ranges.robust, ...listStyles(quantiles, grey)],
  };
}

const asStored: WindowPreset = { id: 'stored', title: 'As stored', window: rangeWindow(0, 255) };

/** The values below which shares of the pixels lie. */
type Quantiles = (shares: readonly number[]) => readonly number[];

function listRanges(quantiles: Quantiles): { full: WindowPreset; robust: WindowPreset } {
  const [low = 0, darkest = 0, brightest = 0, high = 0] = quantiles([0, trimmed, 1 - trimmed, 1]);
  return {
    full: { id: 'full', title: 'Full range', window: rangeWindow(low, high) },
    robust: { id: 'robust', title: 'Range without 0.1 %', window: rangeWindow(darkest, brightest) },
  };
}

function listStyles(quantiles: Quantiles, grey: GreyFacts | undefined): readonly WindowPreset[] {
  if (grey?.unit === 'HU') {
    return hounsfield.map(([id, title, center, width]) => ({ id, title, window: plainWindow(center, width) }));
  }
  if (!grey || !['CR', 'DX'].includes(grey.modality ?? '')) return [];
  return radiograph.map(([id, title, dark, bright]) => {
    const shares = grey.isInverted ? [1 - bright, 1 - dark] : [dark, bright];
    const [low = 0, high = 0] = quantiles(shares);
    const words = `${title} (${Math.round(100 * dark)}–${Math.round(100 * bright)} % of pixels)`;
    return { id, title: words, window: rangeWindow(low, high) };
  });
}

function nameFileWindow(window: FileWindow, index: number): WindowPreset {
  const { explanation } = window;
  const id = `file-${index}`;
  if (window.kind === 'window') {
    return { id, title: explanation ?? `Window ${index + 1} of the file`, window: { ...window, explanation } };
  }
  const { first, entries, bits } = window;
  const table = { first, entries: Uint16Array.from(entries), bits };
  return { id, title: explanation ?? `Table ${index + 1} of the file`, window: { kind: 'table', table, explanation } };
}

const plainWindow = (center: number, width: number): GreyWindow => ({
  ...{ kind: 'window', center, width, function: 'LINEAR', explanation: undefined },
});

/** From black at the lowest to white at the highest; where they are one, one step. */
export function rangeWindow(low: number, high: number): GreyWindow & { readonly kind: 'window' } {
  const width = high > low ? high - low : 1;
  return { kind: 'window', center: low + width / 2, width, function: 'LINEAR_EXACT', explanation: undefined };
}

/** The middle and extent of values a window shows, to be changed from there. */
export function spanWindow(window: GreyWindow): { readonly center: number; readonly width: number } {
  if (window.kind === 'window') return window;
  const { first, entries } = window.table;
  return { center: first + entries.length / 2, width: entries.length };
}

/** `C 2048 W 4096 HU` */
export function describeWindow(window: GreyWindow, unit?: string): string {
  if (window.kind === 'table') return 'lookup table';
  const short = (value: number): string => Number(value.toPrecision(4)).toString().replace('-', '\u2212');
  const suffix = unit === undefined ? '' : ` ${unit}`;
  return `C ${short(window.center)} W ${short(window.width)}${suffix}`;
}
