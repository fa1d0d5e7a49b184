import type { ReadingProblem } from '../reading-problem.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { findMaskKind } from '../tree/mask-folders.ts';
import { isPictureName } from '../tree/picture-names.ts';
import { joinPath, parentOf } from '../tree/relative-path.ts';
import { listLeaves, type ClassFolders } from './class-folders.ts';

/** What lies beside the folders that are read: pictures of no class, folders of no split, links on the way. */
export async function findStrays(tree: FolderTree, { base, splits }: ClassFolders): Promise<ReadingProblem[]> {
  const leaves = new Set(splits.flatMap(listLeaves).map(({ path }) => path));
  const above = new Set(['', ...[base, ...leaves].flatMap(ancestors)]);
  const problems: ReadingProblem[] = [];
  for (const folder of above) {
    if (leaves.has(folder)) continue;
    const listing = await tree.list(folder);
    const unread = listing.folders.filter((name) => {
      const path = joinPath(folder, name);
      return findMaskKind(name) === undefined && !leaves.has(path) && !above.has(path);
    });
    const pictures = listing.files.filter(isPictureName).map((name) => describeStray(joinPath(folder, name)));
    problems.push(...listing.problems, ...pictures);
    for (const name of unread) problems.push(...(await describeUnread(tree, joinPath(folder, name))));
  }
  return problems;
}

async function describeUnread(tree: FolderTree, path: string): Promise<ReadingProblem[]> {
  const unreadable = (await tree.list(path)).problems.filter((problem) => problem.path === path);
  return unreadable.length > 0 ? unreadable : [describeStray(path)];
}

const describeStray = (path: string): ReadingProblem => ({
  kind: 'stray-picture',
  path,
  sentence: `"${path}" lies beside the folders of splits and classes and is not read.`,
});

/** The folders above a path, itself left out. */
function ancestors(path: string): string[] {
  return path === '' ? [] : [parentOf(path), ...ancestors(parentOf(path))];
}
