import type { PixelMask, PixelPlanes } from './pixel-planes.ts';

/** What a fill may look at. */
export interface FillRequest {
  readonly picture: PixelPlanes;
  /** What is taken away. */
  readonly mask: PixelMask;
  /** Pixels that must not be copied from, nor averaged: other marks, and the mark itself where a control is filled. */
  readonly avoid: PixelMask;
  /** Text that decides all chance in the fill. */
  readonly seed: string;
}

/** The picture with the mask filled; undefined where this fill is not possible. */
export type Fill = (request: FillRequest) => PixelPlanes | undefined;
