import { LightboxError } from './errors.ts';
import { lookUp, type LookupTable } from './lookup-table.ts';

export const windowFunctions = ['LINEAR', 'LINEAR_EXACT', 'SIGMOID'] as const;

/** How a window goes from black to white (0028,1056). */
export type WindowFunction = (typeof windowFunctions)[number];

/** A range of values spread over the grey levels, in values after the modality transform. */
export interface WindowSetting {
  readonly center: number;
  /** At least 1 for LINEAR, more than 0 for the others. */
  readonly width: number;
  /** LINEAR where it is not given. */
  readonly function?: WindowFunction;
}

/** A way of showing values as grey that a file offers. */
export type GreyWindow = (
  (Required<WindowSetting> & { readonly kind: 'window' }) | { readonly kind: 'table'; readonly table: LookupTable }
) & {
  /** The file's own words for it. */
  readonly explanation: string | undefined;
};

/** From a value to a grey level between 0 (black) and 1 (white). */
export type GreyCurve = (value: number) => number;

/** PS3.3 section C.11.2.1.2 and C.11.2.1.3. */
const curves: Readonly<Record<WindowFunction, (center: number, width: number) => GreyCurve>> = {
  LINEAR: (center, width) => {
    const [middle, span] = [center - 0.5, width - 1];
    return (value) => {
      if (value <= middle - span / 2) return 0;
      return value > middle + span / 2 ? 1 : (value - middle) / span + 0.5;
    };
  },
  LINEAR_EXACT: (center, width) => (value) => {
    if (value <= center - width / 2) return 0;
    return value > center + width / 2 ? 1 : (value - center) / width + 0.5;
  },
  SIGMOID: (center, width) => (value) => 1 / (1 + Math.exp((-4 * (value - center)) / width)),
};

/** Why a window cannot be used, to be put behind its name; undefined where it can. */
export function findWindowFault({ center, width, function: kind = 'LINEAR' }: WindowSetting): string | undefined {
  if (!Number.isFinite(center) || !Number.isFinite(width)) return 'has no number for its center or width';
  const isWide = kind === 'LINEAR' ? width >= 1 : width > 0;
  return isWide ? undefined : `has the width ${width}; it must be ${kind === 'LINEAR' ? 'at least 1' : 'more than 0'}`;
}

/**
 * The curve of a window.
 * @throws LightboxError `request/invalid` where its width is too small or a number is missing.
 */
export function createWindowCurve(setting: WindowSetting): GreyCurve {
  const fault = findWindowFault(setting);
  if (fault !== undefined) throw new LightboxError('request/invalid', `The window ${fault}.`);
  return curves[setting.function ?? 'LINEAR'](setting.center, setting.width);
}

/** The curve of what a file offers. */
export function createCurve(window: GreyWindow): GreyCurve {
  if (window.kind === 'window') return createWindowCurve(window);
  const { table } = window;
  const white = 2 ** table.bits - 1;
  return (value) => lookUp(table, value) / white;
}

/** All values from the lowest, black, to the highest, white. Where they are one, everything is black. */
export function createRangeCurve([low, high]: readonly [number, number]): GreyCurve {
  return high > low ? curves.LINEAR_EXACT((low + high) / 2, high - low) : () => 0;
}
