import { findFile } from '../tree/find-file.ts';
import { foldCase } from '../tree/fold-name.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { findMaskKind } from '../tree/mask-folders.ts';
import { isPictureFile, pictureStem, preferFormats } from '../tree/picture-names.ts';
import { baseName, joinPath, parentOf } from '../tree/relative-path.ts';
import { walkFolders } from '../tree/walk-folders.ts';

export type Location =
  /** With the same picture in other formats or folders, where there are any. */
  | { readonly kind: 'found'; readonly path: string; readonly copies: readonly string[] }
  | { readonly kind: 'missing' }
  /** Several files of that name, and nothing to tell which is meant. */
  | { readonly kind: 'ambiguous'; readonly paths: readonly string[] };

/** Finds the picture that a table's cell names; never outside the dataset's folder. */
export interface PictureFinder {
  locate(cell: string): Promise<Location>;
}

export interface FinderOptions {
  /** The table's own folder: relative paths may start there. */
  readonly tableFolder: string;
  /** The one folder in which pictures are looked for. */
  readonly pictures?: string | undefined;
  /** A name stands for one picture in this dataset, so that files of one name are copies of it. */
  readonly namesIdentify?: boolean;
  /** Masks are sought: of several files of one name, the one in a mask folder is meant. */
  readonly masks?: boolean;
}

/** The finders of a table's pictures and of its masks. */
export function createFinders(
  tree: FolderTree,
  options: FinderOptions,
): { readonly pictures: PictureFinder; readonly masks: PictureFinder } {
  return {
    pictures: createPictureFinder(tree, options),
    masks: createPictureFinder(tree, { tableFolder: options.tableFolder, masks: true }),
  };
}

/** How paths in a table become paths in the dataset: so many leading folders off, then below `base`. */
interface Way {
  readonly base: string;
  readonly dropped: number;
}

/** With more folders than this at the top they are patients, not places where pictures are kept. */
const MAX_BASES = 20;

/**
 * Paths in tables are often those of another machine (`../input/train/a.png`, `C:\\pictures\\a.png`) or begin with the
 * dataset's own name. The first row that is found decides how much is dropped, and holds for all: otherwise a row whose
 * picture is missing could be given another patient's picture of the same name. Bare names are looked up in all folders.
 */
export function createPictureFinder(tree: FolderTree, options: FinderOptions): PictureFinder {
  let way: Way | undefined;
  const byName = async (name: string): Promise<Location> => {
    return chooseCopy((await indexOnce(tree, options)).get(foldCase(pictureStem(name))) ?? [], name, options);
  };
  return {
    locate: async (cell) => {
      const segments = splitPath(cell);
      const [name, ...others] = segments;
      if (name === undefined) return { kind: 'missing' };
      if (others.length === 0) return byName(name);
      const found = await followWays(tree, segments, way ? [way] : await listWays(tree, segments, options));
      way ??= found?.way;
      return found === undefined ? { kind: 'missing' } : { kind: 'found', path: found.path, copies: [] };
    },
  };
}

/** `..`, drives and empty parts mean nothing here: what remains is looked for inside the dataset alone. */
function splitPath(cell: string): string[] {
  const kept: string[] = [];
  for (const part of cell.replaceAll('\\', '/').split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.' && !/^[a-z]:$/i.test(part)) kept.push(part);
  }
  return kept;
}

/** As much of the path as possible comes first; a bare rest counts only where the pictures are known to be. */
async function listWays(tree: FolderTree, segments: readonly string[], options: FinderOptions): Promise<Way[]> {
  const { folders } = await tree.list('');
  const own = options.pictures === undefined ? ['', options.tableFolder] : [options.pictures];
  const guessed = options.pictures === undefined && folders.length <= MAX_BASES ? folders : [];
  return segments.flatMap((_, dropped) => {
    const bases = dropped === segments.length - 1 ? own : [...own, ...guessed];
    return [...new Set(bases)].map((base) => ({ base, dropped }));
  });
}

async function followWays(
  tree: FolderTree,
  segments: readonly string[],
  ways: readonly Way[],
): Promise<{ readonly way: Way; readonly path: string } | undefined> {
  for (const way of ways) {
    const rest = segments.slice(way.dropped).join('/');
    const path = rest === '' ? undefined : await findFile(tree, joinPath(way.base, rest));
    if (path !== undefined) return { way, path };
  }
  return undefined;
}

/** Paths by the folded stem of their names. */
type NameIndex = ReadonlyMap<string, readonly string[]>;

const indexes = new WeakMap<FolderTree, Map<string, Promise<NameIndex>>>();

/** Recognising and reading look up the same names: the tree is walked once for both. */
function indexOnce(tree: FolderTree, options: FinderOptions): Promise<NameIndex> {
  const known = indexes.get(tree) ?? new Map<string, Promise<NameIndex>>();
  indexes.set(tree, known);
  const key = `${options.masks === true ? 'masks' : 'pictures'} ${options.pictures ?? ''}`;
  const index = known.get(key) ?? indexPictures(tree, options);
  known.set(key, index);
  return index;
}

async function indexPictures(
  tree: FolderTree,
  { pictures: from = '', masks = false }: FinderOptions,
): Promise<NameIndex> {
  const index = new Map<string, string[]>();
  const enters = (name: string): boolean => masks || findMaskKind(name) === undefined;
  for await (const { path, files } of walkFolders(tree, { from, enters })) {
    for (const name of files.filter(isPictureFile)) {
      const key = foldCase(pictureStem(name));
      const paths = index.get(key);
      if (paths === undefined) index.set(key, [joinPath(path, name)]);
      else paths.push(joinPath(path, name));
    }
  }
  return index;
}

function chooseCopy(paths: readonly string[], name: string, { namesIdentify, masks }: FinderOptions): Location {
  const inMaskFolders = masks ? paths.filter((path) => parentOf(path).split('/').some(findMaskKind)) : [];
  const within = inMaskFolders.length > 0 ? inMaskFolders : paths;
  const exact = within.filter((path) => baseName(path) === name);
  const candidates = exact.length > 0 ? exact : preferFormats(within);
  const [path, ...others] = candidates;
  if (path === undefined) return { kind: 'missing' };
  if (others.length > 0 && !namesIdentify) return { kind: 'ambiguous', paths: candidates };
  return { kind: 'found', path, copies: paths.filter((copy) => copy !== path) };
}
