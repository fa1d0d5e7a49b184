import { createCaseLog } from './case-log.ts';
import { createPassingMaps } from './concepts/passing-maps.ts';
import { serveData, type ServedData } from './data-route.ts';
import { createPassingFigures } from './figures/passing-figures.ts';
import { createJobBoard } from './jobs/job-board.ts';
import { createViewerRouter, type ViewerRouter } from './router.ts';
import type { ViewerPlace } from './viewer-place.ts';

/** What the window sees: its contract, and the bytes that travel beside it. */
export interface Viewer {
  readonly router: ViewerRouter;
  /** What lies at `data/KIND/NAME`; undefined where there is nothing. */
  data(address: string): Promise<ServedData | undefined>;
  /** Ends the jobs that were begun here; what they had done is kept. */
  close(): Promise<void>;
}

export function createViewer(place: ViewerPlace): Viewer {
  const maps = createPassingMaps();
  const figures = createPassingFigures();
  const jobs = createJobBoard(place);
  const cases = createCaseLog(place);
  return {
    router: createViewerRouter(place, { maps, figures, jobs, cases }),
    data: (address) => serveData({ catalog: place.read(), maps, figures }, address),
    close: async () => {
      await jobs.close();
      await cases.close();
    },
  };
}
