import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import { serveData, type ServedData } from './data-route.ts';
import { createViewerRouter, type ViewerRouter } from './router.ts';

/** What the window sees: its contract, and the bytes that travel beside it. */
export interface Viewer {
  readonly router: ViewerRouter;
  /** What lies at `data/KIND/NAME`; undefined where there is nothing. */
  data(address: string): Promise<ServedData | undefined>;
}

/** @param catalog opened when first asked for. */
export function createViewer(catalog: () => ReadonlyCatalog): Viewer {
  return {
    router: createViewerRouter(catalog),
    data: (address) => serveData(catalog(), address),
  };
}
