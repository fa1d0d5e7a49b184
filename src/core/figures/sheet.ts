import type { Picture } from '#core/imaging/index.ts';
import type { FigureTexts } from './figure-frame.ts';
import type { PageChoice } from './paper.ts';

export interface SheetSample {
  readonly picture: Picture;
  /** Shown below the picture only when given: a file name can identify a patient. */
  readonly caption?: string;
}

export interface SheetClass {
  readonly label: string;
  /** Samples the dataset has of the class. */
  readonly count: number;
  /** Those that are shown. */
  readonly samples: readonly SheetSample[];
}

/** Sample pictures of a dataset, divided by class. */
export interface SampleSheet extends FigureTexts, PageChoice {
  readonly classes: readonly SheetClass[];
  /** Pictures side by side. Default: as many as the largest class shows, at most 8. */
  readonly columns?: number | undefined;
}
