import { implement, type Router } from '@orpc/server';
import { compositeNames } from '#core/relevance/index.ts';
import { contract } from '#shared/contract/contract.ts';
import { answering } from './answering.ts';
import { createAuditRouter } from './audit/route-audit.ts';
import { findCatalog } from '../catalog-keeper.ts';
import { createConceptExplainer } from './concepts/concept-explainer.ts';
import { findReferences } from './concepts/find-references.ts';
import type { CaseLog } from './case-log.ts';
import type { PassingMaps } from './concepts/passing-maps.ts';
import { ComputingPlace } from './explain/computing-place.ts';
import { createExplainer } from './explain/explainer.ts';
import { listExplainingModels, readKnown } from './explain/known.ts';
import { readContents } from './datasets/read-contents.ts';
import { countConfusion, countFacet } from './facets.ts';
import { makeChosenFigure } from './figures/make-chosen-figure.ts';
import type { PassingFigures } from './figures/passing-figures.ts';
import type { JobBoard } from './jobs/job-board.ts';
import { createDatasetAuditRouter, createGroupsRouter } from './analyses.ts';
import { listFolder } from './list-folder.ts';
import { createMarkRouter } from './marks.ts';
import { routeModels } from './models/route-models.ts';
import { readOverview } from './overview.ts';
import { readPictureFacts } from './picture-facts.ts';
import { planImportFor } from './plan-import.ts';
import { createQueueRouter } from './queues/route-queues.ts';
import { createReaderRouter, createReviewRouter } from './reviews.ts';
import { listQualityCards } from './robustness/list-cards.ts';
import { createVariantExplainer } from './robustness/variant-explainer.ts';
import { listVariantChoices } from './robustness/variant-choices.ts';
import { listSampleIds, readSamplePage } from './sample-page.ts';
import { readSampleView } from './sample-view.ts';
import { createSessionKeeper } from './session.ts';
import { createStudyRouter } from './study.ts';
import type { ViewerPlace } from './viewer-place.ts';

/** The contract, answered from a catalog and an engine. */
export type ViewerRouter = Router<typeof contract, object>;

interface ViewerParts {
  readonly maps: PassingMaps;
  readonly figures: PassingFigures;
  readonly jobs: JobBoard;
  readonly cases: CaseLog;
}

export function createViewerRouter(place: ViewerPlace, { maps, figures, jobs, cases }: ViewerParts): ViewerRouter {
  const os = implement(contract);
  return os.router({
    overview: os.overview.handler(() => answering(() => readOverviewIfAny(place))),
    samples: routeSamples(place, cases),
    datasets: {
      contents: os.datasets.contents.handler(({ input }) => answering(() => readContents(place.read(), input.dataset))),
    },
    folders: {
      list: os.folders.list.handler(({ input }) => answering(() => listFolder(input.path))),
      plan: os.folders.plan.handler(({ input, signal }) => answering(() => planImportFor(place, input, signal))),
    },
    ...routeExplanations(place, maps),
    pictureFacts: os.pictureFacts.handler(({ input }) => answering(() => readPictureFacts(place.read(), input.sample))),
    audit: createAuditRouter(place),
    figures: {
      make: os.figures.make.handler(({ input, signal }) =>
        answering(() => makeChosenFigure(place, figures, { ...input, signal })),
      ),
    },
    marks: createMarkRouter(place),
    datasetAudit: createDatasetAuditRouter(place),
    groups: createGroupsRouter(place),
    queues: createQueueRouter(place),
    reviews: createReviewRouter(place),
    reader: createReaderRouter(place),
    study: createStudyRouter(place),
    jobs: routeJobs(jobs),
    models: routeModels(place),
    session: routeSession(place),
  });
}

function routeExplanations(place: ViewerPlace, maps: PassingMaps) {
  const { explain, concepts, robustness } = implement(contract);
  const computing = new ComputingPlace(place);
  const explainer = createExplainer(computing);
  const ranker = createConceptExplainer(computing, maps);
  const variants = createVariantExplainer(computing);
  return {
    explain: {
      models: explain.models.handler(() => answering(() => listExplainingModels(place.read()))),
      known: explain.known.handler(({ input }) => answering(() => readKnown(place.read(), input))),
      attribution: explain.attribution.handler(({ input, signal }) =>
        answering(() => explainer.attribution(input, signal)),
      ),
      prediction: explain.prediction.handler(({ input, signal }) =>
        answering(() => explainer.prediction(input, signal)),
      ),
      working: explain.working.handler(() => computing.working()),
    },
    robustness: {
      cards: robustness.cards.handler(({ input }) => answering(() => listQualityCards(place.read(), input.model))),
      choices: robustness.choices.handler(() => answering(listVariantChoices)),
      variant: robustness.variant.handler(({ input, signal }) => answering(() => variants.ask(input, signal))),
    },
    concepts: {
      rank: concepts.rank.handler(({ input, signal }) => answering(() => ranker.rank(input, signal))),
      map: concepts.map.handler(({ input, signal }) => answering(() => ranker.map(input, signal))),
      graph: concepts.graph.handler(({ input, signal }) => answering(() => ranker.graph(input, signal))),
      strongestNeuron: concepts.strongestNeuron.handler(({ input, signal }) =>
        answering(() => ranker.strongestNeuron(input, signal)),
      ),
      references: concepts.references.handler(({ input, signal }) =>
        answering(() => findReferences(computing, input, signal)),
      ),
    },
  };
}

function routeSamples(place: ViewerPlace, cases: CaseLog) {
  const { samples } = implement(contract);
  return {
    page: samples.page.handler(({ input }) => answering(() => readSamplePage(place.read(), input))),
    view: samples.view.handler(({ input }) =>
      answering(() => {
        const view = readSampleView(place.read(), input.id);
        cases.opened(input.id);
        return view;
      }),
    ),
    facet: samples.facet.handler(({ input }) => answering(() => countFacet(place.read(), input.filter, input.facet))),
    confusion: samples.confusion.handler(({ input }) => answering(() => countConfusion(place.read(), input))),
    ids: samples.ids.handler(({ input }) => answering(() => listSampleIds(place.read(), input.list, input))),
    tag: samples.tag.handler(({ input }) =>
      answering(async () => (await place.write()).tags.insert(input.tag, input.samples)),
    ),
    untag: samples.untag.handler(({ input }) =>
      answering(async () => (await place.write()).tags.delete(input.tag, input.samples)),
    ),
  };
}

function routeJobs(board: JobBoard) {
  const { jobs } = implement(contract);
  return {
    list: jobs.list.handler(() => answering(() => board.list())),
    start: jobs.start.handler(({ input }) => answering(() => board.start(input))),
    cancel: jobs.cancel.handler(({ input }) =>
      answering(() => {
        board.cancel(input.id);
      }),
    ),
    pause: jobs.pause.handler(({ input }) =>
      answering(() => {
        board.pause(input.id);
      }),
    ),
    resume: jobs.resume.handler(({ input }) =>
      answering(() => {
        board.resume(input.id);
      }),
    ),
    dismiss: jobs.dismiss.handler(({ input }) =>
      answering(() => {
        board.dismiss(input.id);
      }),
    ),
    cancelOther: jobs.cancelOther.handler(({ input }) => answering(() => board.cancelOther(input.id))),
    forgetOther: jobs.forgetOther.handler(({ input }) => answering(() => board.forgetOther(input.id))),
  };
}

function routeSession(place: ViewerPlace) {
  const { session } = implement(contract);
  const keeper = createSessionKeeper(place);
  return {
    get: session.get.handler(({ input }) => answering(() => keeper.get(input.name))),
    put: session.put.handler(({ input }) => answering(() => keeper.put(input.name, input.state))),
  };
}

/** Before the first import there is no catalog yet, which is no fault. */
function readOverviewIfAny({ read }: ViewerPlace): ReturnType<typeof readOverview> {
  const catalog = findCatalog(read);
  return catalog ? readOverview(catalog) : { datasets: [], setups: [], composites: [...compositeNames] };
}
