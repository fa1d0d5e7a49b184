import type { SampleBatch } from '../layout.ts';
import type { ReadingProblem } from '../reading-problem.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { findMaskKind } from '../tree/mask-folders.ts';
import { isPictureFile } from '../tree/picture-names.ts';
import { joinPath } from '../tree/relative-path.ts';
import { walkFolders } from '../tree/walk-folders.ts';

/** Pictures of the dataset that no table names, and what could not be looked into; mask folders aside. */
export async function* findPicturesWithoutRow(
  tree: FolderTree,
  named: ReadonlySet<string>,
): AsyncGenerator<SampleBatch> {
  const enters = (name: string): boolean => findMaskKind(name) === undefined;
  for await (const { path, files, problems } of walkFolders(tree, { enters })) {
    const left = files
      .filter(isPictureFile)
      .map((name) => joinPath(path, name))
      .filter((picture) => !named.has(picture));
    yield { samples: [], problems: [...problems, ...left.map(describe)] };
  }
}

const describe = (path: string): ReadingProblem => ({
  kind: 'picture-without-row',
  path,
  sentence: `"${path}" is named by no row of the table, so nothing is known of it; it is left out.`,
});
