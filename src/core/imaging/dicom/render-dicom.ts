import { LightboxError } from '#shared/errors.ts';
import {
  createCurve,
  createRangeCurve,
  createWindowCurve,
  type GreyCurve,
  type WindowSetting,
} from '#shared/grey-window.ts';
import type { Picture } from '../picture.ts';
import type { DicomPicture, GreyDicomPicture } from './dicom-picture.ts';

/** By what a grey picture is shown: one of the file's own windows by its place, a window of one's own, or all values. */
export type WindowChoice = number | WindowSetting | 'full-range';

export interface RenderSettings {
  /** Default: the file's first window or table; where it has none, all values. */
  readonly window?: WindowChoice;
  /** Shows the negative of what would otherwise be shown. */
  readonly invert?: boolean;
}

const WHITE = 65_535;

/**
 * Show a DICOM picture as an ordinary one: grey in 16 bits, color in 8. Values go through the window; then MONOCHROME1 is
 * turned, last of all (PS3.4 section N.2). Padding is black.
 * @throws LightboxError `request/invalid` for a window the file does not have or that makes no sense.
 */
export function renderDicom(picture: DicomPicture, settings: RenderSettings = {}): Picture {
  const { width, height, sha256, warnings } = picture;
  const rest = { width, height, format: 'dicom', sha256 } as const;
  if (picture.kind === 'color') {
    const samples = settings.invert ? picture.samples.map((sample) => 255 - sample) : picture.samples;
    return { ...rest, channels: 3, depth: 8, samples, warnings };
  }
  const { curve, sentence } = chooseCurve(picture, settings.window);
  const samples = renderGrey(picture.values, curve, picture.isInverted !== (settings.invert ?? false));
  return { ...rest, channels: 1, depth: 16, samples, warnings: [...warnings, sentence] };
}

interface ChosenCurve {
  readonly curve: GreyCurve;
  readonly sentence: string;
}

function chooseCurve({ windows, range }: GreyDicomPicture, choice?: WindowChoice): ChosenCurve {
  const isDefaultRange = choice === undefined && windows.length === 0;
  if (choice === 'full-range' || isDefaultRange) {
    const reason = isDefaultRange ? 'The file names no window; grey' : 'Grey';
    return { curve: createRangeCurve(range), sentence: `${reason} levels span its lowest to its highest value.` };
  }
  if (typeof choice === 'object') {
    return { curve: createWindowCurve(choice), sentence: 'Grey levels follow a chosen window.' };
  }
  const window = windows[choice ?? 0];
  if (!window) {
    const sentence = `The file has ${windows.length} windows, counted from 0; there is no window ${choice ?? 0}.`;
    throw new LightboxError('request/invalid', sentence);
  }
  const kind = window.kind === 'table' ? 'lookup table' : 'window';
  return { curve: createCurve(window), sentence: `Grey levels follow a ${kind} of the file.` };
}

function renderGrey(values: Float32Array, curve: GreyCurve, isInverted: boolean): Uint16Array {
  const samples = new Uint16Array(values.length);
  for (let pixel = 0; pixel < samples.length; pixel++) {
    const value = values[pixel] ?? NaN;
    if (Number.isNaN(value)) continue;
    const level = Math.round(curve(value) * WHITE);
    samples[pixel] = isInverted ? WHITE - level : level;
  }
  return samples;
}
