import { invalidTable, readTableText } from '../tables/table-text.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { joinPath } from '../tree/relative-path.ts';

/** The lists of ChestX-ray14 and the splits they stand for. */
const lists = [
  ['train_val_list.txt', 'train_val'],
  ['test_list.txt', 'test'],
] as const;

/** The real lists have 2 MB. */
const MAX_CHARACTERS = 50_000_000;

/**
 * Splits by picture name, as the lists beside the table give them; empty where there are none.
 * @throws LightboxError `dataset/invalid-table`.
 */
export async function loadSplitLists(tree: FolderTree, folder: string): Promise<ReadonlyMap<string, string>> {
  const splits = new Map<string, string>();
  const { files } = await tree.list(folder);
  for (const [name, split] of lists) {
    const file = files.find((candidate) => candidate.toLowerCase() === name);
    if (file === undefined) continue;
    for (const line of await loadLines(tree, joinPath(folder, file))) splits.set(line, split);
  }
  return splits;
}

async function loadLines(tree: FolderTree, path: string): Promise<string[]> {
  let text = '';
  for await (const piece of readTableText(tree.resolve(path), path)) {
    text += piece;
    if (text.length > MAX_CHARACTERS) throw invalidTable(path, 'is too long for a list of pictures');
  }
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
