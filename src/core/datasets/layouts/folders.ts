import { confidences, type Layout, type SampleBatch } from '../layout.ts';
import { nameList } from '../sentences.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { findMaskKind } from '../tree/mask-folders.ts';
import { isPictureName } from '../tree/picture-names.ts';
import { surveyFolders } from '../tree/walk-folders.ts';
import { findClassFolders, listClasses, listLeaves, listSplits, type ClassFolders } from './class-folders.ts';
import { findStrays } from './find-strays.ts';
import { readPictureFolders } from './read-picture-folders.ts';

/** Pictures this far down still make a folder a dataset. */
const surveyed = { depth: 8, folders: 2000 };

/** Any folder of pictures; a folder per class, with or without split folders above, gives the labels. */
export const folders: Layout = {
  name: 'folders',
  lookedFor: 'folders of PNG, JPEG or TIFF pictures, one folder per class',
  recognise: async (tree, _options, needed) => {
    if (needed > confidences.folders || !(await holdsPictures(tree))) return undefined;
    return { confidence: confidences.folders, reason: describeFolders(await findClassFolders(tree)) };
  },
  read: async (tree) => {
    const found = await findClassFolders(tree);
    return { classes: listClasses(found), splits: listSplits(found), notes: [], batches: readLeaves(tree, found) };
  },
};

async function holdsPictures(tree: FolderTree): Promise<boolean> {
  for await (const { path, files } of surveyFolders(tree, surveyed)) {
    if (!path.split('/').some(findMaskKind) && files.some(isPictureName)) return true;
  }
  return false;
}

function describeFolders(found: ClassFolders): string {
  const classes = listClasses(found);
  const splits = listSplits(found);
  if (classes.length === 0) return 'It holds pictures but no folder per class, so there are no labels.';
  const within = splits.length > 0 ? ` in ${nameList(splits)}` : '';
  return `It holds a folder of pictures for each class${within}: ${nameList(classes)}.`;
}

async function* readLeaves(tree: FolderTree, found: ClassFolders): AsyncGenerator<SampleBatch> {
  for (const split of found.splits) {
    for (const leaf of listLeaves(split)) yield* readPictureFolders(tree, leaf);
  }
  yield { samples: [], problems: await findStrays(tree, found) };
}
