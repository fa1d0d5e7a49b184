import path from 'node:path';
import { openCatalog, openCatalogPatiently, type Catalog, type ReadonlyCatalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { makeFolder } from './make-folder.ts';

export interface CatalogKeeper {
  /** Made where there is none. Comes when no other program writes; the host goes on meanwhile. Throws `catalog/busy`. */
  write(): Promise<Catalog>;
  /** Throws `catalog/not-found` where there is none. */
  read(): ReadonlyCatalog;
  /** As `read`; one of an earlier version is brought up to date first. Throws also what opening for writing throws. */
  readCurrent(): ReadonlyCatalog;
  /** Undefined where there is none. */
  find(): ReadonlyCatalog | undefined;
  close(): void;
}

/** The catalog is opened when first asked for: most commands need none. */
export function createCatalogKeeper(file: string): CatalogKeeper {
  let writable: Catalog | undefined;
  let opening: Promise<Catalog> | undefined;
  let readable: ReadonlyCatalog | undefined;
  const read = (): ReadonlyCatalog => writable ?? (readable ??= openCatalog(file, { readonly: true }));
  const open = async (): Promise<Catalog> => {
    try {
      await makeFolder(path.dirname(path.resolve(file)));
      return (writable = await openCatalogPatiently(file));
    } finally {
      opening = undefined;
    }
  };
  return {
    write: async () => {
      if (!writable) await (opening ??= open());
      const catalog = writable ?? (await open());
      await catalog.waitUntilFree();
      return catalog;
    },
    read,
    readCurrent: () => {
      try {
        return read();
      } catch (cause) {
        if (LightboxError.from(cause).code !== 'catalog/unreadable') throw cause;
        // Of an earlier version, or no catalog at all, which is then said.
        return (writable = openCatalog(file));
      }
    },
    find: () => findCatalog(read),
    close: () => {
      // The last one to close brings the log into the file, which one that only reads cannot.
      readable?.close();
      writable?.close();
      writable = readable = undefined;
    },
  };
}

/** Passes over that there is no catalog yet, and over nothing else. */
export function findCatalog(read: () => ReadonlyCatalog): ReadonlyCatalog | undefined {
  try {
    return read();
  } catch (cause) {
    if (LightboxError.from(cause).code === 'catalog/not-found') return undefined;
    throw cause;
  }
}
