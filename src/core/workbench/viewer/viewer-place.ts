import type { Catalog, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';

/** What the window's questions are answered with. */
export interface ViewerPlace {
  readonly engine: Engine;
  /** The catalog as it is. Throws `catalog/not-found` before there is one. */
  readonly read: () => ReadonlyCatalog;
  /** The catalog to write to; made where there is none. Throws `catalog/busy` while another program keeps it. */
  readonly write: () => Promise<Catalog>;
}
