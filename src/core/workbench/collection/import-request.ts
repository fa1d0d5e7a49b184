import type { DeidentificationProfile, LayoutChoice } from '#core/datasets/index.ts';

export interface ImportRequest {
  readonly folder: string;
  readonly layout?: LayoutChoice | undefined;
  /** In the catalog; the folder's own name when not given. */
  readonly name?: string | undefined;
  /** What the catalog keeps of metadata; when not given, what it was imported with, `minimal` at first. */
  readonly profile?: DeidentificationProfile | undefined;
  /** Metadata the user vouches for, by name; when not given, what it was imported with. */
  readonly keep?: readonly string[] | undefined;
  /** Layout csv: a file that says which column is what. */
  readonly recipeFile?: string | undefined;
  readonly finding?: string | undefined;
}
