import type { MaskEntry } from '#shared/samples.ts';
import type { ReadingProblem } from '../reading-problem.ts';
import { foldCase, foldName } from './fold-name.ts';
import type { FolderTree } from './folder-tree.ts';
import { isPictureName, pictureStem } from './picture-names.ts';
import { baseName, joinPath } from './relative-path.ts';

/** A folder of masks beside pictures. */
export interface MaskShelf {
  /** lung, infection, lesion. */
  readonly kind: string;
  readonly path: string;
  /** File names by the folded stems of the pictures they may belong to. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly ReadingProblem[];
}

const maskFolder = /^(.*?)[\s_-]*masks?$/i;
const maskSuffix = /[\s_-]*(?:mask|seg|segmentation)$/;

/** `lung masks`, `Infection_Masks` -> lung, infection; plain `masks` -> region; undefined for any other folder. */
export function findMaskKind(folderName: string): string | undefined {
  const match = maskFolder.exec(folderName);
  return match ? match[1]?.trim().toLowerCase() || 'region' : undefined;
}

const pictureFolders: ReadonlySet<string> = new Set(['images', 'image', 'imgs', 'img', 'pictures', 'pics', 'photos']);

/** A folder that says only that pictures lie in it: its masks are its siblings. */
export const isPictureFolder = (name: string): boolean => pictureFolders.has(foldName(name));

/** The mask folders standing directly in a folder. */
export async function loadMaskShelves(tree: FolderTree, folder: string): Promise<MaskShelf[]> {
  const shelves: MaskShelf[] = [];
  for (const name of (await tree.list(folder)).folders) {
    const kind = findMaskKind(name);
    if (kind === undefined) continue;
    const path = joinPath(folder, name);
    const { files, problems } = await tree.list(path);
    shelves.push({ kind, path, files: byPicture(files.filter(isPictureName)), problems });
  }
  return shelves;
}

/**
 * The masks of a picture: same file name in a mask folder, or same but for the format (`a.jpg`, `a.png`) and an ending
 * such as `_mask`. One that is not there has no entry; whether one that is there is empty is found out by decoding it.
 */
export function findMasks(shelves: readonly MaskShelf[], picturePath: string): MaskEntry[] {
  const key = pictureKey(picturePath);
  return shelves.flatMap(({ kind, path, files }) => {
    const file = files.get(key);
    return file === undefined ? [] : [{ kind, path: joinPath(path, file) }];
  });
}

/** Masks that no picture claimed. */
export function findUnclaimedMasks(shelves: readonly MaskShelf[], pictures: readonly string[]): ReadingProblem[] {
  const keys = new Set(pictures.map(pictureKey));
  return shelves.flatMap(({ path, files }) => {
    const claimed = new Set([...files].filter(([key]) => keys.has(key)).map(([, file]) => file));
    return [...new Set(files.values())]
      .filter((file) => !claimed.has(file))
      .map((file) => {
        const sentence = `The mask "${joinPath(path, file)}" has no picture of its name beside it.`;
        return { kind: 'mask-without-picture', path: joinPath(path, file), sentence };
      });
  });
}

const pictureKey = (path: string): string => foldCase(pictureStem(baseName(path)));

/** The very name goes before the name without its ending. */
function byPicture(files: readonly string[]): ReadonlyMap<string, string> {
  const keyed = files.map((file): [string, string] => [pictureKey(file), file]);
  return new Map([...keyed.map(([key, file]): [string, string] => [key.replace(maskSuffix, ''), file]), ...keyed]);
}
