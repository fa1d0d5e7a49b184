import type { Drawing } from './drawing-cell.ts';

/** A map with what is said below it. */
export interface SheetMap {
  readonly drawing: Drawing;
  readonly notes: readonly string[];
}

/** A picture, unchanged or changed, and the maps of it. */
export interface MapCase {
  /** What was done to the picture, or which case it is; left out of sheets in which no case has one. */
  readonly title: string;
  /** Parameters, below the title. */
  readonly note: string;
  /** The class explained. */
  readonly className: string;
  /** What the model says of it. */
  readonly prediction: string;
  /** Undefined where the picture cannot be changed so. */
  readonly input: Drawing | undefined;
  /** In the order of the panel's rows. */
  readonly maps: readonly (SheetMap | undefined)[];
}

/** One model, or one model on one set of pictures. */
export interface MapPanel {
  readonly heading: string;
  readonly cases: readonly MapCase[];
  /** Names of the rows of maps: composites, layers. */
  readonly rows: readonly string[];
}
