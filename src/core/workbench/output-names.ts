import { parse } from 'node:path';

export interface NamedPicture {
  /** Position among the pictures asked for, from 0. */
  readonly position: number;
  readonly sha256: string;
}

/**
 * Names the files of each picture by its place in the list and eight digits of its hash, so that a file name (often a
 * patient's) is not carried on. With `keepNames` the pictures' own names are used instead, numbered where some are alike.
 */
export function createOutputNamer(paths: readonly string[], keepNames: boolean): (picture: NamedPicture) => string {
  if (!keepNames) {
    const digits = String(paths.length).length;
    return ({ position, sha256 }) => `${String(position + 1).padStart(digits, '0')}-${sha256.slice(0, 8)}`;
  }
  const stems = paths.map((path) => parse(path).name);
  // All or none: a number behind one name could make it another's.
  const areShared = new Set(stems.map((stem) => stem.toLowerCase())).size < stems.length;
  return ({ position }) => `${stems[position] ?? ''}${areShared ? `-${position + 1}` : ''}`;
}
