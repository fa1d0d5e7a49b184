import path from 'node:path';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import { decodePicture, writeDisplayPng } from '#core/imaging/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { writeNpy } from '#shared/npy.ts';
import { thumbnailSize } from '../collection/examine-file.ts';

/** Bytes for the window, and what they are. What is named by a hash never changes. */
export interface ServedData {
  readonly type: 'image/jpeg' | 'image/png' | 'application/octet-stream';
  readonly bytes: Uint8Array;
  readonly isForever: boolean;
}

type Server = (catalog: ReadonlyCatalog, name: string) => Promise<ServedData | undefined>;

const largest = { width: 8192, height: 8192 };

const servers: Readonly<Record<string, Server>> = {
  thumbnail: (catalog, name) => {
    const bytes = catalog.thumbnails.find(name, thumbnailSize);
    return Promise.resolve(bytes && { type: 'image/jpeg', bytes, isForever: true });
  },
  picture: async (catalog, name) => {
    if (!/^\d{1,15}$/.test(name)) return undefined;
    const sample = catalog.samples.get(Number(name));
    const dataset = catalog.datasets.get(sample.datasetId);
    const picture = await decodePicture(path.join(dataset.folder, sample.path));
    return { type: 'image/png', bytes: await writeDisplayPng(picture, largest), isForever: false };
  },
  array: async (catalog, name) => {
    if (!/^[\da-f]{64}$/.test(name) || !catalog.arrays.has(name)) return undefined;
    return { type: 'application/octet-stream', bytes: writeNpy(await catalog.arrays.load(name)), isForever: true };
  },
};

/** What lies at `data/KIND/NAME`; undefined where there is nothing. Throws `picture/...`, `sample/unknown`, `catalog/damaged`. */
export async function serveData(catalog: ReadonlyCatalog, address: string): Promise<ServedData | undefined> {
  const [kind = '', name = '', ...more] = address.split('/');
  const serve = Object.hasOwn(servers, kind) ? servers[kind] : undefined;
  if (!serve || more.length > 0) return undefined;
  try {
    return await serve(catalog, name);
  } catch (cause) {
    const error = LightboxError.from(cause);
    if (error.code === 'sample/unknown' || error.code === 'picture/not-found') return undefined;
    throw error;
  }
}
