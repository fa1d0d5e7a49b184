import type { LayoutName } from '#shared/samples.ts';
import { LightboxError } from '#shared/errors.ts';
import type { LayoutOptions, SampleBatch } from './layout.ts';
import { recogniseLayout, type LayoutChoice } from './recognise-dataset.ts';
import { chooseTables, findRecipe } from './tables/choose-tables.ts';
import type { Recipe } from './tables/recipe.ts';
import { throwIfCancelled } from './tree/cancelled.ts';
import { openFolderTree } from './tree/folder-tree.ts';

export interface DatasetOptions extends LayoutOptions {
  /** Default `auto`. */
  readonly layout?: LayoutChoice | undefined;
  /** Default: the folder's own name. */
  readonly name?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A dataset that is being read. */
export interface DatasetReading {
  /** Absolute path of its folder. */
  readonly folder: string;
  readonly name: string;
  readonly layout: LayoutName;
  /** One sentence: what in the folder says that it is this layout. */
  readonly reason: string;
  /** Known before reading: from folder names, or fixed by the layout. Labels that only tables hold are not among them. */
  readonly classes: readonly string[];
  readonly splits: readonly string[];
  /** What is known of this dataset, whatever the folder holds. */
  readonly standingWarnings: readonly string[];
  /**
   * The samples, read once and in a fixed order: folders in natural order, tables row by row. Throws LightboxError:
   * `dataset/invalid-table` where a table breaks off, `job/cancelled`.
   */
  readonly batches: AsyncIterable<SampleBatch>;
}

/**
 * Recognise a folder and begin to read it. Pictures are not opened.
 * @throws LightboxError `dataset/not-found`, `dataset/unreadable`, `dataset/unrecognised`, `dataset/invalid-table`,
 * `request/invalid`, `job/cancelled`.
 */
export async function readDataset(folder: string, options: DatasetOptions = {}): Promise<DatasetReading> {
  const { layout: choice = 'auto', name, signal, ...layoutOptions } = options;
  try {
    const tree = await openFolderTree(folder, signal);
    const { layout, reason } = await recogniseLayout(tree, choice, layoutOptions);
    const { classes, splits, notes, batches } = await layout.read(tree, layoutOptions);
    return {
      folder: tree.root,
      name: name ?? tree.name,
      layout: layout.name,
      reason,
      classes,
      splits,
      standingWarnings: notes,
      batches: deliver(batches, signal),
    };
  } catch (cause) {
    throw LightboxError.from(cause);
  }
}

/**
 * What the guessed meaning of a table's columns amounts to, to look at, change and save with `saveRecipe`; the recipe in
 * the folder where there is one. Undefined where no single table names pictures.
 */
export async function proposeRecipe(folder: string): Promise<Recipe | undefined> {
  const tree = await openFolderTree(folder);
  return (await findRecipe(tree)) ?? (await chooseTables(tree, undefined))?.recipe;
}

/** Leaves out empty batches; stops between two when the reader cancels. */
async function* deliver(
  batches: AsyncIterable<SampleBatch>,
  signal: AbortSignal | undefined,
): AsyncGenerator<SampleBatch> {
  try {
    for await (const batch of batches) {
      throwIfCancelled(signal);
      if (batch.samples.length + batch.problems.length > 0) yield batch;
    }
  } catch (cause) {
    throw LightboxError.from(cause);
  }
}
