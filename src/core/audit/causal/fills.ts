import { fillBlur } from './fill-blur.ts';
import { fillDonor } from './fill-donor.ts';
import { fillHarmonic } from './fill-harmonic.ts';
import { fillLocalMean } from './fill-local-mean.ts';
import type { Fill, FillRequest } from './fill.ts';
import type { PixelPlanes } from './pixel-planes.ts';

/** What can stand in place of what is taken away; each leaves other traces, which is why all are tried. */
export const fillNames = ['local mean', 'blur', 'harmonic', 'donor'] as const;
export type FillName = (typeof fillNames)[number];

export const fills: Readonly<Record<FillName, Fill>> = {
  'local mean': fillLocalMean,
  blur: fillBlur,
  harmonic: fillHarmonic,
  donor: fillDonor,
};

/** The picture with a mask filled; undefined where this fill is not possible. */
export const fillRegion = (name: FillName, request: FillRequest): PixelPlanes | undefined => fills[name](request);
