import type { FolderTree } from './folder-tree.ts';
import type { FolderListing } from './read-listing.ts';
import { joinPath } from './relative-path.ts';

export interface FolderVisit extends FolderListing {
  readonly path: string;
}

export interface WalkOptions {
  readonly from?: string;
  /** Which folders are entered, by name. */
  readonly enters?: (name: string) => boolean;
}

/** Every folder below (and with) `from`, depth first, in natural order. */
export async function* walkFolders(tree: FolderTree, options: WalkOptions = {}): AsyncGenerator<FolderVisit> {
  const { from = '', enters = () => true } = options;
  const pending = [from];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const listing = await tree.list(path);
    yield { path, ...listing };
    for (const name of listing.folders.toReversed()) if (enters(name)) pending.push(joinPath(path, name));
  }
}

export interface SurveyLimits {
  /** 0: the folder itself. */
  readonly depth: number;
  readonly folders: number;
  readonly enters?: (name: string) => boolean;
}

/** The folders near the top, level by level: enough to tell a layout, and no more than `limits` allow. */
export async function* surveyFolders(tree: FolderTree, limits: SurveyLimits): AsyncGenerator<FolderVisit> {
  const { enters = () => true } = limits;
  let level = [''];
  let left = limits.folders;
  for (let depth = 0; depth <= limits.depth && level.length > 0; depth++) {
    const below: string[] = [];
    for (const path of level) {
      if (left-- <= 0) return;
      const listing = await tree.list(path);
      yield { path, ...listing };
      below.push(...listing.folders.filter(enters).map((name) => joinPath(path, name)));
    }
    level = below;
  }
}
