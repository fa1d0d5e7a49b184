import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { STUDY_ENDING } from '#shared/study/study-bundle.ts';

/** What a start of the program, or a file given to it, asks to be shown. */
export type OpenRequest =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'study'; readonly path: string }
  | { readonly kind: 'catalog'; readonly path: string }
  /** A sentence why something cannot be opened. */
  | { readonly kind: 'refusal'; readonly text: string };

export interface StartArguments {
  /** The catalog's file; the user's own when not given. */
  readonly catalog: string | undefined;
  /** Absolute paths, in their order. */
  readonly paths: readonly string[];
}

/** Reads what follows the program's own name: `[--catalog FILE] [FOLDER|FILE.lightbox]...`. Chromium's own switches are passed over. */
export function readArguments(args: readonly string[], directory: string): StartArguments {
  const at = args.indexOf('--catalog');
  const named = at < 0 ? undefined : args[at + 1];
  const isValue = (index: number): boolean => at >= 0 && index === at + 1;
  const paths = args.filter((text, index) => !text.startsWith('-') && !isValue(index) && text !== '');
  return {
    catalog: named === undefined ? undefined : path.resolve(directory, named),
    paths: paths.map((text) => path.resolve(directory, text)),
  };
}

const sqliteMark = Buffer.from('SQLite format 3\0');

/** Of catalogs and of study bundles. Either may have been renamed; what a file begins with tells them apart. */
const endings: readonly string[] = ['.lightbox', STUDY_ENDING];

export async function examinePath(place: string): Promise<OpenRequest> {
  const found = await stat(place).catch(() => undefined);
  if (!found) return { kind: 'refusal', text: `There is nothing at "${place}"; check whether it was moved.` };
  if (found.isDirectory()) return { kind: 'folder', path: place };
  if (!endings.includes(path.extname(place).toLowerCase()))
    return { kind: 'refusal', text: `"${place}" is no folder and no .lightbox file; open the folder it lies in.` };
  const start = await readStart(place).catch(() => undefined);
  if (!start) return { kind: 'refusal', text: `"${place}" cannot be read; check whether you may.` };
  return { kind: start.equals(sqliteMark) ? 'catalog' : 'study', path: place };
}

async function readStart(file: string): Promise<Buffer> {
  const opened = await open(file);
  try {
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(sqliteMark.length), 0, sqliteMark.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await opened.close();
  }
}
