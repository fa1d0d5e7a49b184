/** A grid of pixels laid over a part of a picture: the picture itself, a thumbnail, or what a model sees of it. */
export interface MarkGrid {
  /** Pixels of the grid. */
  readonly width: number;
  readonly height: number;
  /** The part of the picture the grid covers, in pixels of the picture; its edges need not fall on whole pixels. */
  readonly region: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

/** The grid that is the picture itself. */
export const pictureGrid = (width: number, height: number): MarkGrid => ({
  ...{ width, height },
  region: { left: 0, top: 0, width, height },
});
