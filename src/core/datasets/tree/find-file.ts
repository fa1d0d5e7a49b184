import { foldCase } from './fold-name.ts';
import type { FolderTree } from './folder-tree.ts';
import { isPictureFile, pictureStem, preferFormats } from './picture-names.ts';
import type { FolderListing } from './read-listing.ts';
import { joinPath } from './relative-path.ts';

/** Names of a listing by what they fold to. */
interface NameIndex {
  readonly folders: ReadonlyMap<string, readonly string[]>;
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly stems: ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<FolderListing, NameIndex>();

/**
 * A picture's path as the disk spells it, where `path` may differ in case, in how accents are written, or lack the
 * extension. Undefined where there is no such file, or several and none spelled alike.
 */
export async function findFile(tree: FolderTree, path: string): Promise<string | undefined> {
  const segments = path.split('/');
  const name = segments.pop() ?? '';
  let folder = '';
  for (const segment of segments) {
    const found = pick(indexNames(await tree.list(folder)).folders, segment);
    if (found === undefined) return undefined;
    folder = joinPath(folder, found);
  }
  const { files, stems } = indexNames(await tree.list(folder));
  const file = pick(files, name) ?? pickPicture(stems, name);
  return file === undefined ? undefined : joinPath(folder, file);
}

function pick(names: ReadonlyMap<string, readonly string[]>, wanted: string): string | undefined {
  const candidates = names.get(foldCase(wanted)) ?? [];
  return candidates.includes(wanted) ? wanted : candidates.length === 1 ? candidates[0] : undefined;
}

function pickPicture(stems: ReadonlyMap<string, readonly string[]>, wanted: string): string | undefined {
  const [best, ...others] = preferFormats(stems.get(foldCase(pictureStem(wanted))) ?? []);
  return others.length === 0 ? best : undefined;
}

function indexNames(listing: FolderListing): NameIndex {
  const known = indexes.get(listing);
  if (known !== undefined) return known;
  const index = {
    folders: groupBy(listing.folders, foldCase),
    files: groupBy(listing.files, foldCase),
    stems: groupBy(listing.files.filter(isPictureFile), (name) => foldCase(pictureStem(name))),
  };
  indexes.set(listing, index);
  return index;
}

const groupBy = (names: readonly string[], key: (name: string) => string): ReadonlyMap<string, string[]> =>
  Map.groupBy(names, key);
