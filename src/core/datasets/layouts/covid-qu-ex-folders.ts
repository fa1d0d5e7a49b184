import { foldName } from '../tree/fold-name.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { findMaskKind, isPictureFolder } from '../tree/mask-folders.ts';
import { baseName, joinPath, parentOf } from '../tree/relative-path.ts';
import { findSplitRole } from '../tree/split-names.ts';
import { surveyFolders } from '../tree/walk-folders.ts';
import type { SplitFolder } from './class-folders.ts';

export type CovidCollection = 'lung' | 'infection';

/** One of the dataset's two parts. A picture of the infection part stands in the lung part too. */
export interface CovidPart {
  readonly collection: CovidCollection;
  readonly splits: readonly SplitFolder[];
}

/** The classes as the publication spells them, by folded name. */
const classNames: ReadonlyMap<string, string> = new Map([
  ['covid19', 'COVID-19'],
  ['covid', 'COVID-19'],
  ['noncovid', 'Non-COVID'],
  ['noncovid19', 'Non-COVID'],
  ['normal', 'Normal'],
]);

const partNames: ReadonlyMap<string, CovidCollection> = new Map([
  ['lungsegmentationdata', 'lung'],
  ['infectionsegmentationdata', 'infection'],
]);

/** Wrappers, kagglehub's `versions/7`, part, part again, split: the class folders lie below these. */
const surveyed = {
  depth: 7,
  folders: 500,
  enters: (name: string): boolean => findMaskKind(name) === undefined && !isPictureFolder(name),
};

/** The parts of COVID-QU-Ex in a folder; none where it is something else. */
export async function findCovidParts(tree: FolderTree): Promise<readonly CovidPart[]> {
  const found = new Map<CovidCollection, SplitFolder[]>();
  const classPaths = new Set<string>();
  for await (const { path, folders } of surveyFolders(tree, surveyed)) {
    // All of a class folder is of that class, whatever the folders in it are called.
    if (isWithin(path, classPaths)) continue;
    const names = folders.filter((name) => classNames.has(foldName(name)));
    const collection = await findCollection(tree, path, names);
    if (collection === undefined) continue;
    const classes = names.map((name) => ({
      label: classNames.get(foldName(name)) ?? name,
      path: joinPath(path, name),
    }));
    for (const one of classes) classPaths.add(one.path);
    const split = { split: findSplit(tree, path), path, classes };
    found.set(collection, [...(found.get(collection) ?? []), split]);
  }
  return Array.from(found, ([collection, splits]) => ({ collection, splits }));
}

/** Whether a folder is one of some, or lies in one. */
function isWithin(path: string, folders: ReadonlySet<string>): boolean {
  return path !== '' && (folders.has(path) || isWithin(parentOf(path), folders));
}

/** Which part the class folders in `path` belong to; undefined where they are not those of COVID-QU-Ex. */
async function findCollection(
  tree: FolderTree,
  path: string,
  classes: readonly string[],
): Promise<CovidCollection | undefined> {
  if (classes.length === 0) return undefined;
  const named = findPart(tree, path);
  if (named !== undefined) return named;
  // Without the dataset's own folder names, its classes and the masks or `images` in them must speak for it.
  if (!classes.some((name) => classNames.get(foldName(name)) === 'Non-COVID')) return undefined;
  const listings = await Promise.all(classes.map((name) => tree.list(joinPath(path, name))));
  const inside = listings.flatMap(({ folders }) => folders);
  if (inside.some((name) => findMaskKind(name) === 'infection')) return 'infection';
  return inside.some((name) => isPictureFolder(name) || findMaskKind(name) === 'lung') ? 'lung' : undefined;
}

/** The part a path lies in, by the names above it. */
function findPart(tree: FolderTree, path: string): CovidCollection | undefined {
  const names = [tree.name, ...path.split('/')].map((name) => partNames.get(foldName(name)));
  return names.findLast((part) => part !== undefined);
}

/** The name just above the classes if it is a split's. */
function findSplit(tree: FolderTree, path: string): string | undefined {
  const name = path === '' ? tree.name : baseName(path);
  return findSplitRole(name) === undefined ? undefined : name;
}
