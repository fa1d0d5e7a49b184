import { LightboxError } from '#shared/errors.ts';
import type { Engine } from '#core/engine/index.ts';
import type { DatasetModel } from '../../collection/dataset-model.ts';

/**
 * What may stay open. Filters are held in two forms or three (docs/decisions/0003-sessions.md), so 400 MB of weights are about 1 GB of memory:
 * four ResNet50, or one VGG16. Small networks are limited by their number: seven composites of two models, and both to predict.
 */
export const openLimits: OpenLimits = { models: 16, weightBytes: 400e6 };

export interface OpenLimits {
  readonly models: number;
  readonly weightBytes: number;
}

interface Open {
  readonly model: DatasetModel;
  readonly bytes: number;
}

/** Models kept open between questions, the longest unused given back to the engine first. They survive an engine that had to start again. */
export class OpenedModels {
  readonly #engine: Engine;
  readonly #limits: OpenLimits;
  /** By what they were opened for; in the order of their last use. */
  readonly #open = new Map<string, Open>();

  constructor(engine: Engine, limits: OpenLimits = openLimits) {
    this.#engine = engine;
    this.#limits = limits;
  }

  has(key: string): boolean {
    return this.#open.has(key);
  }

  /** Opened by `open` where it is not. One at a time: the caller waits before it asks for another. */
  async get(key: string, open: () => Promise<DatasetModel>): Promise<DatasetModel> {
    const known = this.#open.get(key);
    if (known) {
      this.#open.delete(key);
      this.#open.set(key, known);
      return known.model;
    }
    const model = await open();
    this.#open.set(key, { model, bytes: countWeightBytes(model) });
    await this.#makeRoom(key);
    return model;
  }

  async #makeRoom(kept: string): Promise<void> {
    for (const [key, { model }] of this.#open) {
      const bytes = [...this.#open.values()].reduce((sum, one) => sum + one.bytes, 0);
      const fits = this.#open.size <= this.#limits.models && bytes <= this.#limits.weightBytes;
      if (fits || key === kept) return;
      this.#open.delete(key);
      await this.#release(model);
    }
  }

  /** An engine that has died holds nothing any more. */
  async #release({ opened }: DatasetModel): Promise<void> {
    try {
      await this.#engine.release(opened.handle);
    } catch (cause) {
      if (!['engine/died', 'job/cancelled'].includes(LightboxError.from(cause).code)) throw cause;
    }
  }
}

/** As float32, in which the engine computes. */
function countWeightBytes({ file }: DatasetModel): number {
  const counts = [...file.model.graph.initializers.values()].map(({ dims }) => dims.reduce((a, b) => a * b, 4));
  return counts.reduce((a, b) => a + b, 0);
}
