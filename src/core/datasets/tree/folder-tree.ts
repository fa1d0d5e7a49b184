import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { throwIfCancelled } from './cancelled.ts';
import { readListing } from './read-listing.ts';
import type { FolderListing } from './read-listing.ts';

/** A dataset's folder as layouts see it. Paths are relative to it, with forward slashes; '' is the folder itself. */
export interface FolderTree {
  /** Absolute. */
  readonly root: string;
  /** The folder's own name. */
  readonly name: string;
  /**
   * What a folder holds, in natural order; a folder that cannot be read is empty and its problem says why.
   * @throws LightboxError `job/cancelled`.
   */
  list(path: string): Promise<FolderListing>;
  /** Where a path lies on this machine. */
  resolve(path: string): string;
}

/** Listings that are remembered: a table's rows come back to the same few folders. */
const REMEMBERED_LISTINGS = 64;

/**
 * Open a folder for reading as a dataset.
 * @throws LightboxError `dataset/not-found`, `dataset/unreadable`.
 */
export async function openFolderTree(folder: string, signal?: AbortSignal): Promise<FolderTree> {
  const root = resolve(folder);
  await checkFolder(root);
  const listings = new Map<string, FolderListing>();
  const tree: FolderTree = {
    root,
    name: basename(root) || 'dataset',
    resolve: (path) => join(root, path),
    list: async (path) => {
      throwIfCancelled(signal);
      const listing = listings.get(path) ?? (await readListing(root, path));
      // Last used stands last, so that the first is the one to forget.
      listings.delete(path);
      listings.set(path, listing);
      for (const oldest of listings.keys()) {
        if (listings.size <= REMEMBERED_LISTINGS) break;
        listings.delete(oldest);
      }
      return listing;
    },
  };
  const unreadable = (await tree.list('')).problems.find(({ kind }) => kind === 'unreadable-folder');
  if (unreadable?.path === '') throw new LightboxError('dataset/unreadable', unreadable.sentence);
  return tree;
}

async function checkFolder(root: string): Promise<void> {
  const status = await stat(root).catch((cause: unknown) => {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new LightboxError('dataset/not-found', `There is no folder "${root}"; check the path.`, { cause });
    }
    throw new LightboxError('dataset/unreadable', `"${root}" cannot be read (${code ?? message}).`, { cause });
  });
  if (!status.isDirectory()) {
    throw new LightboxError('dataset/unreadable', `"${root}" is not a folder; name the folder that holds the dataset.`);
  }
}
