/** What a figure can be made again from, and what it shows: JSON. */
export interface FigureOrigin {
  /** All that decides the figure but models and pictures, which it names by their hashes. */
  readonly recipe: object;
  /** What was computed and is shown. */
  readonly numbers: object;
  /** The programs and the provider that had a part. */
  readonly computed: object;
}
