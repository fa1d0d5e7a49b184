import type { Composite } from '#core/relevance/index.ts';
import type { Conditioned, ConditionRequest } from './condition.ts';
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

export interface EngineOptions {
  /** Threads a session computes with; one per physical core by default. */
  readonly threads?: number;
  /** Added to the environment the engine process starts with. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * The engine as its hosts see it. It computes in a process of its own, one thing at a time. When that process dies, the calls
 * it had not answered throw `engine/died`; the next call starts another one and opens its model again.
 */
export interface Engine {
  /** Reads, compiles and loads a model. Throws `model/...`, `composite/invalid`, `layer/unknown`, `provider/...`. */
  open(request: OpenRequest, options?: Pick<RunOptions, 'signal'>): Promise<OpenedModel>;
  /** Relevance of pictures. Throws `target/unknown`, `request/invalid`, `model/not-finite`, `job/cancelled`, `engine/...`. */
  attribute(request: AttributeRequest, options?: RunOptions): Promise<Attribution>;
  /** Relevance of one picture under conditions, of a model opened with `starts`; `batchSize` conditions are computed together. */
  condition(request: ConditionRequest, options?: RunOptions): Promise<Conditioned>;
  /** The forward pass alone, of a model opened without a composite. Throws as `attribute`. */
  predict(request: PredictRequest, options?: RunOptions): Promise<Prediction>;
  /** Frees what a model holds. */
  release(handle: number): Promise<void>;
  /** A model's layers, and the rule each composite gives them. Throws `model/...`. */
  describeModel(modelPath: string, composites: readonly Composite[]): Promise<ModelDescription>;
  memory(): Promise<EngineMemory>;
  /** Undefined while no engine process runs. */
  readonly processId: number | undefined;
  /**
   * Ends what is being computed, as a run cannot be stopped but its process can: calls not answered throw `job/cancelled`. The next
   * call starts a process again. Calls of other jobs, which gave a signal that is not aborted, are made again by themselves.
   */
  interrupt(): Promise<void>;
  /** Ends the engine process for good; calls not answered throw `job/cancelled`. */
  close(): Promise<void>;
}
