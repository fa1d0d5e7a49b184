import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadingProblem } from '../reading-problem.ts';
import { isIgnored } from './ignored-names.ts';
import { mapConcurrently } from './map-concurrently.ts';
import { sortNaturally } from './natural-order.ts';
import { joinPath } from './relative-path.ts';

/** What a folder holds: names in natural order, without hidden and system files. */
export interface FolderListing {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly problems: readonly ReadingProblem[];
}

interface Entry {
  readonly name: string;
  readonly kind: 'folder' | 'file' | 'neither';
  readonly problem?: ReadingProblem;
}

const LINKS_AT_ONCE = 64;

/** What stands in a folder of a dataset, `path` being relative to the dataset's `root`. Never throws. */
export async function readListing(root: string, path: string): Promise<FolderListing> {
  let dirents: Dirent[];
  try {
    dirents = await readdir(join(root, path), { withFileTypes: true });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const sentence = `The folder "${path || root}" cannot be read (${code ?? message}).`;
    return { folders: [], files: [], problems: [{ kind: 'unreadable-folder', path, sentence }] };
  }
  const visible = dirents.filter(({ name }) => !isIgnored(name));
  const links = visible.filter((dirent) => dirent.isSymbolicLink());
  const entries = [
    ...visible.filter((dirent) => !dirent.isSymbolicLink()).map((dirent) => describeEntry(dirent, path)),
    ...(await mapConcurrently(links, LINKS_AT_ONCE, ({ name }) => describeLink(root, joinPath(path, name)))),
  ];
  const namesOf = (kind: Entry['kind']): string[] =>
    sortNaturally(entries.filter((entry) => entry.kind === kind).map(({ name }) => name));
  return {
    folders: namesOf('folder'),
    files: namesOf('file'),
    problems: entries.flatMap(({ problem }) => problem ?? []),
  };
}

function describeEntry(dirent: Dirent, folder: string): Entry {
  const { name } = dirent;
  const path = joinPath(folder, name);
  // Node writes U+FFFD for bytes that are no UTF-8; under that name the file cannot be opened again.
  if (name.includes('\uFFFD')) {
    const sentence = `The name of "${path}" is not valid Unicode; rename it.`;
    return { name, kind: 'neither', problem: { kind: 'unreadable-file', path, sentence } };
  }
  return { name, kind: dirent.isDirectory() ? 'folder' : dirent.isFile() ? 'file' : 'neither' };
}

/**
 * A link to a file is that file, wherever it lies: whole datasets are laid out by such links. A link to a folder is
 * not entered: it may lead round in a circle, to the same pictures twice, or out to the rest of the disk.
 */
async function describeLink(root: string, path: string): Promise<Entry> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const notFollowed = (what: string): Entry => ({
    name,
    kind: 'neither',
    problem: { kind: 'link-not-followed', path, sentence: `"${path}" is a link ${what}.` },
  });
  try {
    const status = await stat(join(root, path));
    if (status.isFile()) return { name, kind: 'file' };
    if (status.isDirectory()) return notFollowed('to a folder and is not followed; copy that folder here or open it');
    return notFollowed('to something that is neither file nor folder');
  } catch {
    return notFollowed('that leads nowhere');
  }
}
