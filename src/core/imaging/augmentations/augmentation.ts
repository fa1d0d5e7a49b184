import type { Planes } from '../planes.ts';
import type { Matrix } from './warp.ts';

/** Numbers an augmentation is set by, under their names. */
export type Parameters = Readonly<Record<string, number>>;

/** An even random number from 0 up to, not including, 1. */
export type Draw = () => number;

/** A changed picture, and how a map of it is laid back onto the picture it was made from. */
export interface Altered {
  readonly planes: Planes;
  /** Where each pixel of `planes` was taken from; undefined where nothing moved. */
  readonly warp?: Matrix;
  /** height x width: 1 where the picture was left as it was, 0 where it was covered; undefined where nothing was covered. */
  readonly kept?: Uint8Array;
  /** What chance decided: a radius, an angle. */
  readonly drawn: Parameters;
}

/** Why a picture cannot be changed so. */
export interface Impossible {
  readonly reason: string;
}

/** A way to change a picture on the model's side of resizing and cropping. */
export interface Augmentation {
  readonly title: string;
  /** What each parameter is when not given; these are all there are. */
  readonly defaults: Parameters;
  /** From hardly visible to strong; parameters that differ from the defaults. */
  readonly severities: readonly Parameters[];
  /** Whether chance takes part, so that a seed belongs to it. */
  readonly isDrawn: boolean;
  /** Why these parameters make no sense, if so. */
  readonly refuse?: (parameters: Parameters) => string | undefined;
  readonly alter: (planes: Planes, parameters: Parameters, draw: Draw) => Altered | Impossible;
}

export const isImpossible = (outcome: Altered | Impossible): outcome is Impossible => 'reason' in outcome;

/** A parameter by its name; the table of variants has made sure that it is there. */
export const read = (parameters: Parameters, name: string): number => parameters[name] ?? NaN;

export const clip = (value: number): number => Math.min(1, Math.max(0, value));

/** An even random number between two. */
export const between = (draw: Draw, low: number, high: number): number => low + (high - low) * draw();

/** An even random whole number from low to high, both included. */
export const wholeBetween = (draw: Draw, low: number, high: number): number =>
  low + Math.floor(draw() * (high - low + 1));

/** The same change of every value. */
export function mapValues(planes: Planes, change: (value: number, at: number) => number): Planes {
  return { ...planes, values: planes.values.map(change) };
}
