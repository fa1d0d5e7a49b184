import { LightboxError } from '#shared/errors.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { joinPath } from '../tree/relative-path.ts';
import { surveyFolders } from '../tree/walk-folders.ts';
import { createColumns, type Columns } from './columns.ts';
import { openTable } from './read-table.ts';
import type { SampleTable } from './sample-rows.ts';

/** Tables stand at the top of a dataset, or one or two wrappers down. */
const surveyed = { depth: 2, folders: 200 };
const MAX_TABLES = 50;

/** Paths of the CSV files near the top of a dataset. */
export async function listTables(tree: FolderTree): Promise<string[]> {
  const found: string[] = [];
  for await (const { path, files } of surveyFolders(tree, surveyed)) {
    found.push(...files.filter((name) => /\.(csv|tsv)$/i.test(name)).map((name) => joinPath(path, name)));
    if (found.length >= MAX_TABLES) break;
  }
  return found.slice(0, MAX_TABLES);
}

const opened = new WeakMap<FolderTree, Map<string, Promise<SampleTable>>>();

/** Every layout looks at the same headers: they are read once. @throws LightboxError `dataset/invalid-table`. */
export function openSampleTable(tree: FolderTree, path: string): Promise<SampleTable> {
  const known = opened.get(tree) ?? new Map<string, Promise<SampleTable>>();
  opened.set(tree, known);
  const table = known.get(path) ?? openOnce(tree, path);
  known.set(path, table);
  return table;
}

async function openOnce(tree: FolderTree, path: string): Promise<SampleTable> {
  const table = await openTable(tree.resolve(path), path);
  return { table, path, columns: createColumns(table.columns) };
}

/**
 * The tables near the top of a dataset that a layout knows by their columns.
 * @throws LightboxError `dataset/invalid-table` where none is known and one is broken: that may be the one.
 */
export async function findKnownTables(
  tree: FolderTree,
  isKnown: (columns: Columns) => boolean,
): Promise<SampleTable[]> {
  const known: SampleTable[] = [];
  let fault: LightboxError | undefined;
  for (const path of await listTables(tree)) {
    try {
      const table = await openSampleTable(tree, path);
      if (isKnown(table.columns)) known.push(table);
    } catch (cause) {
      fault ??= LightboxError.from(cause);
    }
  }
  if (known.length === 0 && fault !== undefined) throw fault;
  return known;
}
