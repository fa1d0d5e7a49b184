import { implement, type Router } from '@orpc/server';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import { contract } from '#shared/contract/contract.ts';
import type { Overview } from '#shared/contract/overview.ts';
import { LightboxError } from '#shared/errors.ts';
import { answering } from './answering.ts';
import { readOverview } from './overview.ts';
import { readSamplePage } from './sample-page.ts';
import { readSampleView } from './sample-view.ts';

/** The contract, answered from a catalog. */
export type ViewerRouter = Router<typeof contract, object>;

export function createViewerRouter(catalog: () => ReadonlyCatalog): ViewerRouter {
  const os = implement(contract);
  return os.router({
    overview: os.overview.handler(() => answering(() => readOverviewIfAny(catalog))),
    samples: {
      page: os.samples.page.handler(({ input }) => answering(() => readSamplePage(catalog(), input))),
      view: os.samples.view.handler(({ input }) => answering(() => readSampleView(catalog(), input.id))),
    },
  });
}

/** Before the first import there is no catalog yet, which is no fault. */
function readOverviewIfAny(catalog: () => ReadonlyCatalog): Overview {
  try {
    return readOverview(catalog());
  } catch (cause) {
    if (LightboxError.from(cause).code === 'catalog/not-found') return { datasets: [], setups: [] };
    throw cause;
  }
}
