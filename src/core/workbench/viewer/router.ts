import { implement, type Router } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import type { Overview } from '#shared/contract/overview.ts';
import { LightboxError } from '#shared/errors.ts';
import { answering } from './answering.ts';
import { createConceptExplainer } from './concepts/concept-explainer.ts';
import { findReferences } from './concepts/find-references.ts';
import type { PassingMaps } from './concepts/passing-maps.ts';
import { ComputingPlace } from './explain/computing-place.ts';
import { createExplainer } from './explain/explainer.ts';
import { listExplainingModels, readKnown } from './explain/known.ts';
import { readPictureFacts } from './picture-facts.ts';
import { createMarkRouter } from './marks.ts';
import { readOverview } from './overview.ts';
import { createReaderRouter, createReviewRouter } from './reviews.ts';
import { readSamplePage } from './sample-page.ts';
import { readSampleView } from './sample-view.ts';
import type { ViewerPlace } from './viewer-place.ts';

/** The contract, answered from a catalog and an engine. */
export type ViewerRouter = Router<typeof contract, object>;

export function createViewerRouter(place: ViewerPlace, maps: PassingMaps): ViewerRouter {
  const os = implement(contract);
  const computing = new ComputingPlace(place);
  const explainer = createExplainer(computing);
  const concepts = createConceptExplainer(computing, maps);
  return os.router({
    overview: os.overview.handler(() => answering(() => readOverviewIfAny(place))),
    samples: {
      page: os.samples.page.handler(({ input }) => answering(() => readSamplePage(place.read(), input))),
      view: os.samples.view.handler(({ input }) => answering(() => readSampleView(place.read(), input.id))),
    },
    explain: {
      models: os.explain.models.handler(() => answering(() => listExplainingModels(place.read()))),
      known: os.explain.known.handler(({ input }) => answering(() => readKnown(place.read(), input))),
      attribution: os.explain.attribution.handler(({ input, signal }) =>
        answering(() => explainer.attribution(input, signal)),
      ),
      prediction: os.explain.prediction.handler(({ input, signal }) =>
        answering(() => explainer.prediction(input, signal)),
      ),
      working: os.explain.working.handler(() => computing.working()),
    },
    concepts: {
      rank: os.concepts.rank.handler(({ input, signal }) => answering(() => concepts.rank(input, signal))),
      map: os.concepts.map.handler(({ input, signal }) => answering(() => concepts.map(input, signal))),
      references: os.concepts.references.handler(({ input, signal }) =>
        answering(() => findReferences(computing, input, signal)),
      ),
    },
    pictureFacts: os.pictureFacts.handler(({ input }) => answering(() => readPictureFacts(place.read(), input.sample))),
    marks: createMarkRouter(place),
    reviews: createReviewRouter(place),
    reader: createReaderRouter(place),
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
