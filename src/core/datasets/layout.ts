import type { LayoutName, SampleEntry } from '#shared/samples.ts';
import type { DicomHeaderReader } from './dicom-header.ts';
import type { ReadingProblem } from './reading-problem.ts';
import type { Recipe } from './tables/recipe.ts';
import type { FolderTree } from './tree/folder-tree.ts';

/** Samples as they arrive, with what went wrong on the way to them. */
export interface SampleBatch {
  readonly samples: readonly SampleEntry[];
  readonly problems: readonly ReadingProblem[];
}

/** What a user may say about a dataset. */
export interface LayoutOptions {
  /** Layout csv: which table, which column is what. Without it: a recipe in the folder, or a guess. */
  readonly recipe?: Recipe | undefined;
  /** Layouts nih-cxr14 and chexpert: label each film `<finding>` or `No <finding>`, instead of by its single finding. */
  readonly finding?: string | undefined;
  /** Layout dicom: reads patient and metadata out of a file. Without it only paths are known. */
  readonly readDicomHeader?: DicomHeaderReader | undefined;
}

/** How sure a layout is of a folder; the highest wins, and a tie at the top is for the user to settle. */
export const confidences = {
  /** Names that only this dataset uses, or a recipe. */
  certain: 1,
  /** A table whose cells are found as pictures. */
  table: 0.8,
  /** DICOM files. */
  files: 0.6,
  /** Pictures in folders. */
  folders: 0.4,
} as const;

export interface Recognition {
  readonly confidence: number;
  /** One sentence: what in the folder says so. */
  readonly reason: string;
}

export interface LayoutReading {
  /** Known before reading: from folder names, or fixed by the layout. Labels found only in tables are not among them. */
  readonly classes: readonly string[];
  readonly splits: readonly string[];
  /** What is known of this dataset whatever the folder holds. */
  readonly notes: readonly string[];
  /** Read once, in a fixed order. */
  readonly batches: AsyncIterable<SampleBatch>;
}

/** One way a dataset lies on disk. */
export interface Layout {
  readonly name: LayoutName;
  /** What must be there, as it stands in "looked for ...". */
  readonly lookedFor: string;
  /**
   * @param needed less confidence than this is of no interest: no folder is searched for it.
   * @throws LightboxError `dataset/invalid-table` where a table stands in the way.
   */
  recognise(tree: FolderTree, options: LayoutOptions, needed: number): Promise<Recognition | undefined>;
  /** @throws LightboxError `dataset/unrecognised`, `dataset/invalid-table`; the batches throw too. */
  read(tree: FolderTree, options: LayoutOptions): Promise<LayoutReading>;
}
