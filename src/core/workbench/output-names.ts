import { parse } from 'node:path';

export interface NamedPicture {
  readonly path: string;
  /** Position among the pictures asked for, from 0. */
  readonly position: number;
  readonly sha256: string;
}

/**
 * Names the files of each picture by its place in the list and eight digits of its hash, so that a file name (often a
 * patient's) is not carried on. With `keepNames` the picture's own name is used instead, numbered where two are alike.
 */
export function createOutputNamer(paths: readonly string[], keepNames: boolean): (picture: NamedPicture) => string {
  if (!keepNames) {
    const digits = String(paths.length).length;
    return ({ position, sha256 }) => `${String(position + 1).padStart(digits, '0')}-${sha256.slice(0, 8)}`;
  }
  const stems = paths.map((path) => parse(path).name);
  return ({ path, position }) => {
    const stem = parse(path).name;
    const isShared = stems.filter((other) => other.toLowerCase() === stem.toLowerCase()).length > 1;
    return isShared ? `${stem}-${position + 1}` : stem;
  };
}
