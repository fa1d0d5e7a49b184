import path from 'node:path';
import { openCatalog, type Catalog, type ReadonlyCatalog } from '#core/catalog/index.ts';
import { makeFolder } from './make-folder.ts';

export interface CatalogKeeper {
  /** Made where there is none. */
  write(): Promise<Catalog>;
  /** Throws `catalog/not-found` where there is none. */
  read(): ReadonlyCatalog;
  close(): void;
}

/** The catalog is opened when first asked for: most commands need none. */
export function createCatalogKeeper(file: string): CatalogKeeper {
  let writable: Catalog | undefined;
  let readable: ReadonlyCatalog | undefined;
  return {
    write: async () => {
      if (!writable) await makeFolder(path.dirname(path.resolve(file)));
      return (writable ??= openCatalog(file));
    },
    read: () => writable ?? (readable ??= openCatalog(file, { readonly: true })),
    close: () => {
      // The last one to close brings the log into the file, which one that only reads cannot.
      readable?.close();
      writable?.close();
      writable = readable = undefined;
    },
  };
}
