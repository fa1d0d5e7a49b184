/** What a dataset says of its samples, in the form in which it travels from the reader of a folder to the catalog. */

/** How a dataset lies on disk. */
export const layoutNames = ['covid-qu-ex', 'siim-isic', 'nih-cxr14', 'chexpert', 'csv', 'dicom', 'folders'] as const;

export type LayoutName = (typeof layoutNames)[number];

/** A region drawn by the dataset's makers, as a picture of the sample's own size. */
export interface MaskEntry {
  /** lung, infection, lesion: what the region is. */
  readonly kind: string;
  /** Relative to the dataset's folder, with forward slashes. */
  readonly path: string;
}

/** One sample as its dataset describes it. */
export interface SampleEntry {
  /** Relative to the dataset's folder, with forward slashes; names the sample within its dataset. */
  readonly path: string;
  /** As the dataset spells it: Train, Test, valid. */
  readonly split?: string | undefined;
  /** The dataset's answer: one class. */
  readonly label?: string | undefined;
  /** Part of the dataset the sample stands in, where parts overlap: lung, infection (COVID-QU-Ex). */
  readonly collection?: string | undefined;
  /** The patient as the dataset names it. Never stored: the catalog keeps a salted hash. */
  readonly patient?: string | undefined;
  readonly masks: readonly MaskEntry[];
  /** Further facts by name: age, sex, site, view. Text or numbers. */
  readonly metadata: Readonly<Record<string, string | number>>;
}
