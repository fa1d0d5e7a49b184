export const problemKinds = [
  'row-without-picture',
  'picture-without-row',
  'repeated-row',
  'invalid-row',
  'ambiguous-picture',
  'missing-mask',
  'mask-without-picture',
  'stray-picture',
  'unsupported-picture',
  'unreadable-folder',
  'unreadable-file',
  'link-not-followed',
] as const;

export type ProblemKind = (typeof problemKinds)[number];

/** Something in a dataset that was left out or does not fit; the rest is read all the same. */
export interface ReadingProblem {
  readonly kind: ProblemKind;
  /** File or folder relative to the dataset's folder, or the table the row stands in. */
  readonly path: string;
  readonly sentence: string;
}
