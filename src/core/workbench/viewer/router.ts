import { implement, type Router } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import type { Overview } from '#shared/contract/overview.ts';
import { LightboxError } from '#shared/errors.ts';
import { answering } from './answering.ts';
import { readOverview } from './overview.ts';
import { readPictureFacts } from './picture-facts.ts';
import { readSamplePage } from './sample-page.ts';
import { readSampleView } from './sample-view.ts';
import type { ViewerPlace } from './viewer-place.ts';

/** The contract, answered from a catalog and an engine. */
export type ViewerRouter = Router<typeof contract, object>;

export function createViewerRouter(place: ViewerPlace): ViewerRouter {
  const os = implement(contract);
  return os.router({
    overview: os.overview.handler(() => answering(() => readOverviewIfAny(place))),
    samples: {
      page: os.samples.page.handler(({ input }) => answering(() => readSamplePage(place.read(), input))),
      view: os.samples.view.handler(({ input }) => answering(() => readSampleView(place.read(), input.id))),
    },
    pictureFacts: os.pictureFacts.handler(({ input }) => answering(() => readPictureFacts(place.read(), input.sample))),
  });
}

/** Before the first import there is no catalog yet, which is no fault. */
function readOverviewIfAny({ read }: ViewerPlace): Overview {
  try {
    return readOverview(read());
  } catch (cause) {
    if (LightboxError.from(cause).code === 'catalog/not-found') return { datasets: [], setups: [] };
    throw cause;
  }
}
