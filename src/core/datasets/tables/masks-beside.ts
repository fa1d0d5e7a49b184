import type { MaskEntry } from '#shared/samples.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { findMasks, isPictureFolder, loadMaskShelves, type MaskShelf } from '../tree/mask-folders.ts';
import { baseName, parentOf } from '../tree/relative-path.ts';

/** Finds the masks that lie in mask folders beside a picture, remembering the folders last looked into. */
export function createMaskSearch(tree: FolderTree): (picture: string) => Promise<MaskEntry[]> {
  const shelves = new Map<string, readonly MaskShelf[]>();
  const shelvesOf = async (folder: string): Promise<readonly MaskShelf[]> => {
    const known = shelves.get(folder);
    if (known !== undefined) return known;
    const own = await loadMaskShelves(tree, folder);
    const siblings =
      folder !== '' && isPictureFolder(baseName(folder)) ? await loadMaskShelves(tree, parentOf(folder)) : [];
    if (shelves.size >= REMEMBERED_FOLDERS) shelves.clear();
    shelves.set(folder, [...siblings, ...own]);
    return [...siblings, ...own];
  };
  return async (picture) => findMasks(await shelvesOf(parentOf(picture)), picture);
}

const REMEMBERED_FOLDERS = 64;
