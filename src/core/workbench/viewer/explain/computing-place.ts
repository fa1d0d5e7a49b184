import type { Model, Sample } from '#core/catalog/index.ts';
import type { Working } from '#shared/contract/explain.ts';
import type { ViewerPlace } from '../viewer-place.ts';
import { createComputeQueue } from './compute-queue.ts';
import { openedKey, type Computing, type Purpose } from './compute-sample.ts';
import { createModelFiles, type CatalogModelFile } from './model-files.ts';
import { OpenedModels } from './opened-models.ts';

export interface ComputeRequest {
  readonly sample: Sample;
  readonly model: Model;
  readonly file: CatalogModelFile;
  readonly signal: AbortSignal | undefined;
  readonly purpose: Purpose;
}

interface Running extends Pick<NonNullable<Working['running']>, 'sample' | 'step' | 'what'> {
  readonly startMs: number;
}

/** Where whatever the window asks for is computed: one queue, one set of open models. */
export class ComputingPlace {
  readonly #place: ViewerPlace;
  readonly #queue = createComputeQueue();
  readonly #opened: OpenedModels;
  #running: Running | undefined;
  readonly files = createModelFiles();

  constructor(place: ViewerPlace) {
    this.#place = place;
    this.#opened = new OpenedModels(place.engine);
  }

  get read(): ViewerPlace['read'] {
    return this.#place.read;
  }

  /** Throws `job/cancelled` where nobody waits any more when its turn comes, and what `work` throws. */
  compute<Result>(
    { purpose, ...task }: ComputeRequest,
    work: (computing: Computing) => Promise<Result>,
  ): Promise<Result> {
    const { sample, model, file, signal } = task;
    const { composite = 'prediction', concepts } = purpose;
    const what = [model.title ?? model.file, composite, ...(concepts ? [concepts] : [])].join(' · ');
    return this.#queue.ask({
      ...{ sample: sample.id, signal },
      isReady: () => this.#opened.has(openedKey(file, purpose)),
      work: async () => {
        const startMs = performance.now();
        const onStep: Computing['onStep'] = (step) => {
          this.#running = { sample: sample.id, step, what, startMs };
        };
        try {
          const { engine } = this.#place;
          const catalog = await this.#place.write();
          return await work({ ...task, engine, catalog, opened: this.#opened, purpose, onStep });
        } finally {
          this.#running = undefined;
        }
      },
    });
  }

  working(): Working {
    const { waiting } = this.#queue;
    if (!this.#running) return { waiting };
    const { startMs, ...running } = this.#running;
    return { waiting, running: { ...running, seconds: (performance.now() - startMs) / 1000 } };
  }
}
