import type { SampleEntry } from '#shared/samples.ts';
import { foldCase, foldName } from '../tree/fold-name.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { findMaskKind, isPictureFolder } from '../tree/mask-folders.ts';
import { sortNaturally } from '../tree/natural-order.ts';
import { isPictureName } from '../tree/picture-names.ts';
import { baseName, joinPath } from '../tree/relative-path.ts';
import { findSplitRole } from '../tree/split-names.ts';

export interface ClassFolder {
  readonly label: string;
  readonly path: string;
}

/** A split as it lies on disk: its class folders, or none where its pictures have no labels. */
export interface SplitFolder {
  /** As the dataset spells it; undefined where there are no splits. */
  readonly split: string | undefined;
  readonly path: string;
  readonly classes: readonly ClassFolder[];
}

/** The folder in which splits or classes lie, and what lies there. */
export interface ClassFolders {
  readonly base: string;
  readonly splits: readonly SplitFolder[];
}

/** Which files count as pictures. */
export type FileTest = (name: string) => boolean;

/**
 * What folder names say, `[split/]class/pictures`: the splits, and in each the class folders. Folders that only wrap are
 * looked through. A class spelled in two ways (`Normal`, `NORMAL`) is one; a single class tells nothing and is none.
 */
export async function findClassFolders(tree: FolderTree, isCandidate: FileTest = isPictureName): Promise<ClassFolders> {
  const base = await unwrap(tree, '', isCandidate);
  const names = (await tree.list(base)).folders.filter((name) => findSplitRole(name) !== undefined);
  const splits =
    names.length === 0
      ? [{ split: undefined, path: base }]
      : await Promise.all(
          names.map(async (split) => ({ split, path: await unwrap(tree, joinPath(base, split), isCandidate) })),
        );
  const found = await listClassFolders(tree, splits);
  const isTold = listClasses({ splits: found }).length > 1;
  return { base, splits: isTold ? found : found.map((split) => ({ ...split, classes: [] })) };
}

async function listClassFolders(
  tree: FolderTree,
  splits: readonly Pick<SplitFolder, 'split' | 'path'>[],
): Promise<SplitFolder[]> {
  const spellings = new Map<string, string>();
  const found: SplitFolder[] = [];
  for (const { split, path } of splits) {
    const classes = (await tree.list(path)).folders.filter(mayBeClass).map((name) => {
      const label = spellings.get(foldCase(name)) ?? name;
      spellings.set(foldCase(name), label);
      return { label, path: joinPath(path, name) };
    });
    found.push({ split, path, classes });
  }
  return found;
}

const mayBeClass = (name: string): boolean => findMaskKind(name) === undefined && !isPictureFolder(name);

/**
 * Looks through what only wraps: a folder's only folder, where that holds folders in turn. Below a split only a doubled
 * name (`train/train`) or `images` wraps: any other only folder is a class that stands alone there.
 */
async function unwrap(tree: FolderTree, from: string, isCandidate: FileTest): Promise<string> {
  let path = from;
  for (;;) {
    const { folders, files } = await tree.list(path);
    const [only, ...others] = folders.filter((name) => findMaskKind(name) === undefined);
    if (only === undefined || others.length > 0 || files.some(isCandidate)) return path;
    const wraps = from === '' ? findSplitRole(only) === undefined : isDoubled(path, only) || isPictureFolder(only);
    const below = joinPath(path, only);
    const holdsFolders = (await tree.list(below)).folders.some((name) => findMaskKind(name) === undefined);
    if (!wraps || !(holdsFolders || isDoubled(path, only))) return path;
    path = below;
  }
}

const isDoubled = (path: string, name: string): boolean => foldName(baseName(path)) === foldName(name);

/** Labels in natural order, each once. */
export function listClasses({ splits }: Pick<ClassFolders, 'splits'>): string[] {
  return sortNaturally([...new Set(splits.flatMap(({ classes }) => classes.map(({ label }) => label)))]);
}

export function listSplits({ splits }: Pick<ClassFolders, 'splits'>): string[] {
  return splits.flatMap(({ split }) => split ?? []);
}

/** The folders that hold samples: those of the classes, or of a split without any. */
export function listLeaves({
  split,
  path,
  classes,
}: SplitFolder): { path: string; facts: Pick<SampleEntry, 'split' | 'label'> }[] {
  if (classes.length === 0) return [{ path, facts: { split } }];
  return classes.map(({ label, path: folder }) => ({ path: folder, facts: { split, label } }));
}
