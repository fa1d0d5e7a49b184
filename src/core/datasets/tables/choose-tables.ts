import { LightboxError } from '#shared/errors.ts';
import { nameList, quote } from '../sentences.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { baseName, parentOf } from '../tree/relative-path.ts';
import { findSplitRole } from '../tree/split-names.ts';
import { listTables, openSampleTable } from './find-tables.ts';
import { guessColumns } from './guess-columns.ts';
import { createPictureFinder } from './picture-finder.ts';
import { checkRecipe, isRecipeName, loadRecipe, type ColumnMapping, type Recipe } from './recipe.ts';
import type { SampleTable } from './sample-rows.ts';
import { invalidTable } from './table-text.ts';

/** A table with the meaning of its columns. */
export interface MappedTable extends SampleTable {
  readonly mapping: ColumnMapping;
}

/** The tables that are read as a dataset, and how they were come by. */
export interface ChosenTables {
  readonly tables: readonly MappedTable[];
  /** The recipe that says so, or that a guess amounts to; undefined where several tables are read. */
  readonly recipe: Recipe | undefined;
  readonly isGuess: boolean;
  /** Tables that name pictures too and are left aside. */
  readonly unused: readonly string[];
}

/**
 * The tables of a dataset: those of a recipe, or without one those that a guess finds to name pictures.
 * @throws LightboxError `dataset/invalid-table`.
 */
export async function chooseTables(tree: FolderTree, recipe: Recipe | undefined): Promise<ChosenTables | undefined> {
  return recipe === undefined ? guessTables(tree) : followRecipe(tree, checkRecipe(recipe, 'recipe'));
}

/** The recipe that lies in a dataset's folder. @throws LightboxError `dataset/invalid-table`. */
export async function findRecipe(tree: FolderTree): Promise<Recipe | undefined> {
  const [name, ...others] = (await tree.list('')).files.filter(isRecipeName);
  if (name === undefined) return undefined;
  if (others.length === 0) return loadRecipe(tree.resolve(name));
  throw new LightboxError(
    'dataset/invalid-table',
    `"${tree.name}" holds several recipes (${nameList([name, ...others])}); say which one to follow.`,
  );
}

async function followRecipe(tree: FolderTree, recipe: Recipe): Promise<ChosenTables> {
  const table = await openSampleTable(tree, recipe.table);
  const { masks = {}, metadata = [], ...single } = recipe.columns;
  const wanted = [...Object.values(single), ...Object.values(masks), ...metadata];
  const missing = wanted.filter((name) => table.columns.find(name) === undefined);
  if (missing.length > 0) {
    const names = nameList(table.columns.names.filter((name) => name !== '').map(quote));
    throw invalidTable(table.path, `has no column ${quote(missing[0] ?? '')} that the recipe names; it has ${names}`);
  }
  return { tables: [{ ...table, mapping: recipe.columns }], recipe, isGuess: false, unused: [] };
}

async function guessTables(tree: FolderTree): Promise<ChosenTables | undefined> {
  const guessed = await guessEach(tree);
  const bySplit = Map.groupBy(guessed, splitOf);
  const isOnePerSplit = !bySplit.has(undefined) && [...bySplit.values()].every(({ length }) => length === 1);
  if (guessed.length > 1 && isOnePerSplit) {
    const tables = guessed.map((table) => ({ ...table, split: table.mapping.split ? undefined : stemOf(table.path) }));
    return { tables, recipe: undefined, isGuess: true, unused: [] };
  }
  const [best, ...others] = guessed.toSorted((a, b) => countMeanings(b) - countMeanings(a));
  if (best === undefined) return undefined;
  const recipe: Recipe = { version: 1, table: best.path, columns: best.mapping };
  return { tables: [best], recipe, isGuess: true, unused: others.map(({ path }) => path) };
}

/** Every table near the top whose cells are found as pictures. */
async function guessEach(tree: FolderTree): Promise<MappedTable[]> {
  const guessed: MappedTable[] = [];
  let fault: LightboxError | undefined;
  for (const path of await listTables(tree)) {
    try {
      const table = await openSampleTable(tree, path);
      const mapping = await guessColumns(table, createPictureFinder(tree, { tableFolder: parentOf(path) }));
      if (mapping !== undefined) guessed.push({ ...table, mapping });
    } catch (cause) {
      fault ??= LightboxError.from(cause);
    }
  }
  if (guessed.length === 0 && fault !== undefined) throw fault;
  return guessed;
}

const stemOf = (path: string): string => baseName(path).replace(/\.\w+$/, '');
const splitOf = ({ path }: SampleTable): string | undefined => findSplitRole(stemOf(path));

const countMeanings = ({ mapping: { label, split, patient, masks } }: MappedTable): number =>
  [label, split, patient, masks].filter((meaning) => meaning !== undefined).length;
