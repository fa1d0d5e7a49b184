import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { FolderTree } from '../tree/folder-tree.ts';
import { joinPath } from '../tree/relative-path.ts';

/** The lists of ChestX-ray14 and the splits they stand for. */
const lists = [
  ['train_val_list.txt', 'train_val'],
  ['test_list.txt', 'test'],
] as const;

/** Splits by picture name, as the lists beside the table give them; empty where there are none. */
export async function loadSplitLists(tree: FolderTree, folder: string): Promise<ReadonlyMap<string, string>> {
  const splits = new Map<string, string>();
  const { files } = await tree.list(folder);
  for (const [name, split] of lists) {
    const file = files.find((candidate) => candidate.toLowerCase() === name);
    if (file === undefined) continue;
    const lines = createInterface({ input: createReadStream(tree.resolve(joinPath(folder, file))) });
    for await (const line of lines) if (line.trim() !== '') splits.set(line.trim(), split);
  }
  return splits;
}
