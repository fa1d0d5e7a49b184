/** A finished figure. */
export interface Figure {
  /** A whole SVG document. */
  readonly svg: string;
  /** Whole pixels, as the SVG says them. */
  readonly width: number;
  readonly height: number;
  /** JSON of title and provenance, written into the SVG and into PNGs of it. */
  readonly record: string;
}
