import path from 'node:path';
import type { Dataset, ReadonlyCatalog } from '#core/catalog/index.ts';
import { loadRecipe, type LayoutChoice, type Recipe } from '#core/datasets/index.ts';
import type { ImportRequest } from './import-request.ts';

/** How the tables of a folder are read. */
export interface ImportRecipe {
  readonly layout: LayoutChoice | undefined;
  readonly recipe: Recipe | undefined;
  readonly finding: string | undefined;
}

/** As asked; what is not asked for is as it was when the folder was imported before. */
export async function chooseRecipe(
  catalog: ReadonlyCatalog | undefined,
  { folder, name, layout, recipeFile, finding }: ImportRequest,
): Promise<ImportRecipe> {
  const known = catalog?.datasets
    .list()
    .find(
      (dataset) => path.resolve(dataset.folder) === path.resolve(folder) && dataset.name === (name ?? dataset.name),
    );
  const before = known ? recipeOf(known) : {};
  const isAsked = layout !== undefined && layout !== 'auto';
  return {
    layout: isAsked || !known ? layout : known.layout,
    recipe: recipeFile === undefined ? (before.recipe ?? undefined) : await loadRecipe(recipeFile),
    finding: finding ?? before.finding ?? undefined,
  };
}

/** What a dataset was imported by. */
export interface RecipeRecord {
  /** Metadata the user vouches for. */
  readonly keep?: readonly string[];
  readonly finding?: string | null;
  readonly recipe?: Recipe | null;
  /** A hash of what the tables said. */
  readonly description?: string;
}

export const recipeOf = ({ recipe }: Dataset): RecipeRecord => recipe as RecipeRecord;
