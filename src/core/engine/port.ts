import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import type { Composite } from '#core/relevance/index.ts';
import {
  joinAttributions,
  joinConditioned,
  joinPredictions,
  listBatches,
  sliceCall,
  sliceRows,
  type Range,
} from './batches.ts';
import type { Calls } from './calls.ts';
import { checkAttribution, checkConditions, countPictures, invalid } from './check-request.ts';
import type { Conditioned, ConditionRequest } from './condition.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { EngineConnection } from './engine-connection.ts';
import type {
  AttributeRequest,
  Attribution,
  EngineMemory,
  ModelDescription,
  OpenedModel,
  OpenRequest,
  Prediction,
  PredictRequest,
  RunOptions,
} from './requests.ts';

/** Starts nothing yet: the process starts with the first call. */
export function createEngine(options: EngineOptions = {}): Engine {
  return new EnginePort(options);
}

interface KnownModel {
  readonly request: OpenRequest;
  readonly opened: OpenedModel;
  /** The process that has it open, or will have when `ready` settles. */
  place: { readonly connection: EngineConnection; readonly ready: Promise<unknown> } | undefined;
}

const activities = { attribute: 'explaining', condition: 'explaining', predict: 'predicting' } as const;

class EnginePort implements Engine {
  readonly #options: EngineOptions;
  readonly #models = new Map<number, KnownModel>();
  #connection: EngineConnection | undefined;
  #handles = 0;
  #closed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  get processId(): number | undefined {
    return this.#connection?.alive ? this.#connection.processId : undefined;
  }

  async open(request: OpenRequest, { signal }: Pick<RunOptions, 'signal'> = {}): Promise<OpenedModel> {
    const handle = this.#handles++;
    return this.#untilOwnEnd(signal, async () => {
      const connection = this.#connect();
      const opened = await connection.call('open', { handle, request }, `opening ${nameOf(request)}`);
      this.#models.set(handle, { request, opened, place: { connection, ready: Promise.resolve() } });
      return opened;
    });
  }

  async attribute(request: AttributeRequest, options: RunOptions = {}): Promise<Attribution> {
    const model = this.#get(request.handle);
    if (!model.request.composite) throw invalid(`${nameOf(model.request)} was opened without a composite`);
    const call = checkAttribution(request, model.opened.network, model.request);
    const shared = model.request.batch === 'shared';
    const batches = await runBatches(call.targets.length, options, (range) =>
      this.#run(model, { name: 'attribute', signal: options.signal }, sliceCall(call, range, shared)),
    );
    return joinAttributions(batches, shared);
  }

  async condition(request: ConditionRequest, options: RunOptions = {}): Promise<Conditioned> {
    const model = this.#get(request.handle);
    const call = checkConditions(request, model.opened.network, model.request);
    const { conditions } = call;
    // Without conditions there is still the picture to explain.
    const batches = await runBatches(Math.max(1, conditions.length), options, ({ start, end }) =>
      this.#run(
        model,
        { name: 'condition', signal: options.signal },
        { ...call, conditions: conditions.slice(start, end) },
      ),
    );
    return joinConditioned(batches, { fromOutput: model.request.fromOutput ?? true });
  }

  async predict({ handle, images }: PredictRequest, options: RunOptions = {}): Promise<Prediction> {
    const model = this.#get(handle);
    if (model.request.composite)
      throw invalid(`${nameOf(model.request)} was opened to explain, which predicts as well`);
    const pictures = countPictures(images, model.opened.network);
    const batches = await runBatches(pictures, options, (range) =>
      this.#run(
        model,
        { name: 'predict', signal: options.signal },
        { handle, images: sliceRows(images, pictures, range) },
      ),
    );
    return joinPredictions(batches);
  }

  async release(handle: number): Promise<void> {
    const model = this.#models.get(handle);
    this.#models.delete(handle);
    if (!model?.place?.connection.alive) return;
    await model.place.connection.call('release', { handle }, `closing ${nameOf(model.request)}`);
  }

  async describeModel(modelPath: string, composites: readonly Composite[]): Promise<ModelDescription> {
    return this.#connect().call('describe', { modelPath, composites }, `reading ${nameOf({ modelPath })}`);
  }

  async memory(): Promise<EngineMemory> {
    return this.#connect().call('memory', undefined, 'measuring its memory');
  }

  async interrupt(): Promise<void> {
    await this.#connection?.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#models.clear();
    await this.#connection?.close();
  }

  #get(handle: number): KnownModel {
    const model = this.#models.get(handle);
    if (model) return model;
    throw invalid(`Model ${handle} is not open`);
  }

  async #run<Name extends keyof typeof activities>(
    model: KnownModel,
    { name, signal }: { readonly name: Name; readonly signal: AbortSignal | undefined },
    argument: Calls[Name]['argument'],
  ): Promise<Calls[Name]['result']> {
    return this.#untilOwnEnd(signal, async () => {
      const connection = this.#connect();
      if (model.place?.connection !== connection) model.place = { connection, ready: reopen(model, connection) };
      await model.place.ready;
      return connection.call(name, argument, `${activities[name]} with ${nameOf(model.request)}`);
    });
  }

  /** Tries again where another job's end has interrupted the work. Without a signal nobody knows whose end it was. */
  async #untilOwnEnd<Result>(signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await work();
      } catch (cause) {
        const wasOthers = LightboxError.from(cause).code === 'job/cancelled' && signal?.aborted === false;
        if (!wasOthers || this.#closed) throw cause;
      }
    }
  }

  #connect(): EngineConnection {
    if (this.#closed) throw new LightboxError('job/cancelled', 'The engine is closed.');
    if (!this.#connection?.alive) {
      const { threads, environment = {} } = this.#options;
      this.#connection = new EngineConnection({ threads, environment });
    }
    return this.#connection;
  }
}

/** On the provider it had, so that a result keeps meaning the same. A failure leaves it for the next call to try again. */
async function reopen(model: KnownModel, connection: EngineConnection): Promise<void> {
  const request = { ...model.request, provider: model.opened.provider };
  try {
    const { handle } = model.opened;
    await connection.call('open', { handle, request }, `opening ${nameOf(request)} again`);
  } catch (error) {
    model.place = undefined;
    throw error;
  }
}

function nameOf({ modelPath }: Pick<OpenRequest, 'modelPath'>): string {
  return `"${path.basename(modelPath)}"`;
}

async function runBatches<Result>(
  total: number,
  { batchSize = 1, onProgress, signal }: RunOptions,
  run: (range: Range) => Promise<Result>,
): Promise<readonly Result[]> {
  if (!Number.isInteger(batchSize) || batchSize < 1) throw invalid(`A batch has at least one row, not ${batchSize}`);
  const results: Result[] = [];
  for (const range of listBatches(total, batchSize)) {
    if (signal?.aborted) throw new LightboxError('job/cancelled', `Cancelled after ${range.start} of ${total}.`);
    results.push(await run(range));
    onProgress?.(range.end, total);
  }
  return results;
}
