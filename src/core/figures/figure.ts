/** A finished figure. */
export interface Figure {
  /** A whole SVG document. */
  readonly svg: string;
  /** Pixels of the SVG's view; whole ones where no width on paper is asked for. */
  readonly width: number;
  readonly height: number;
  /** Where it is made for a width on paper; a pixel is 1/96 inch then. */
  readonly widthMm?: number | undefined;
  /** JSON of title and provenance, written into the SVG and into PNGs of it. */
  readonly record: string;
}
