import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface BundleFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** What a bundle consists of; nothing else is handed out. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** A file of the bundle by its address; undefined for what is not in it. */
export async function loadBundleFile(folder: string, address: string): Promise<BundleFile | undefined> {
  const file = path.join(folder, address === '' ? 'index.html' : address);
  const type = types[path.extname(file)];
  const isInside = !path.relative(folder, file).startsWith('..') && !address.includes('\0');
  if (!isInside || type === undefined) return undefined;
  const bytes = await readFile(file).catch(() => undefined);
  return bytes && { type, bytes };
}
