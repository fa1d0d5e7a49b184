import type { SampleEntry } from '#shared/samples.ts';
import type { SampleBatch } from '../layout.ts';
import type { ReadingProblem } from '../reading-problem.ts';
import { sliceSamples } from '../slice-samples.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import {
  findMaskKind,
  findMasks,
  findUnclaimedMasks,
  isPictureFolder,
  loadMaskShelves,
  type MaskShelf,
} from '../tree/mask-folders.ts';
import { isPictureName, isUnsupportedPicture } from '../tree/picture-names.ts';
import { joinPath } from '../tree/relative-path.ts';

export interface PictureFolder {
  readonly path: string;
  /** What all pictures in and below the folder have in common. */
  readonly facts: Pick<SampleEntry, 'split' | 'label' | 'collection'>;
  /** Masks that stand beside the folder. */
  readonly siblings?: readonly MaskShelf[];
}

/**
 * Every picture in and below a folder with its masks, folder by folder. Masks lie in mask folders beside the pictures
 * (`COVID-19/x.png`, `COVID-19/lung masks/x.png`) or beside the folder that holds them (`images/`, `lung masks/`).
 */
export async function* readPictureFolders(tree: FolderTree, folder: PictureFolder): AsyncGenerator<SampleBatch> {
  const { path, facts, siblings = [] } = folder;
  const listing = await tree.list(path);
  const shelves = await loadMaskShelves(tree, path);
  const pictures = listing.files.filter(isPictureName);
  yield { samples: [], problems: [...listing.problems, ...listRefused(path, listing.files)] };
  yield* sliceSamples(
    pictures.map((name) => {
      const picture = joinPath(path, name);
      return { path: picture, ...facts, masks: findMasks([...siblings, ...shelves], picture), metadata: {} };
    }),
  );
  const claimants = [...pictures];
  for (const name of listing.folders.filter((candidate) => findMaskKind(candidate) === undefined)) {
    const below = joinPath(path, name);
    const inherits = isPictureFolder(name);
    if (inherits) claimants.push(...(await tree.list(below)).files);
    yield* readPictureFolders(tree, { path: below, facts, siblings: inherits ? shelves : [] });
  }
  const unclaimed = findUnclaimedMasks(shelves, claimants.filter(isPictureName));
  yield { samples: [], problems: [...shelves.flatMap(({ problems }) => problems), ...unclaimed] };
}

function listRefused(folder: string, files: readonly string[]): ReadingProblem[] {
  return files.filter(isUnsupportedPicture).map((name) => {
    const path = joinPath(folder, name);
    return { kind: 'unsupported-picture', path, sentence: `"${path}" is a picture in a format that is not read.` };
  });
}
