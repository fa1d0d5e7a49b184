import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { readModel } from '#core/onnx/index.ts';
import { compileAttribution, readNetwork, type AttributionGraph, type Network } from '#core/relevance/index.ts';
import {
  checkProvider,
  chooseProvider,
  createSession,
  probeBlockSize,
  probeProvider,
  rememberTrials,
  type ChosenProvider,
  type Session,
} from '#core/runtime/index.ts';
import { summarizeNetwork } from './network-summary.ts';
import type { OpenedModel, OpenRequest } from './requests.ts';

/** A model as the engine process holds it. */
export interface OpenModel {
  readonly network: Network;
  readonly graph: AttributionGraph;
  readonly session: Session;
}

/** The models an engine process has open, by the handles its host gave them. */
export class OpenModels {
  readonly #threads: number;
  readonly #models = new Map<number, OpenModel>();
  readonly #trials = rememberTrials({ probe: probeProvider, check: checkProvider });
  #blockSize: ReturnType<typeof probeBlockSize> | undefined;

  constructor(threads: number) {
    this.#threads = threads;
  }

  async open(handle: number, request: OpenRequest): Promise<OpenedModel> {
    const chosen = await chooseProvider(request.provider ?? 'auto', this.#trials);
    const blockSize = chosen.provider === 'cpu' ? await this.#findBlockSize() : 1;
    const start = performance.now();
    const network = readNetwork(await readModel(request.modelPath), request);
    const graph = compileAttribution(network, { ...request, blockSize });
    const session = await createSession({
      bytes: graph.bytes,
      content: graph.content,
      externalDataFolder: graph.externalDataFolder,
      provider: chosen.provider,
      threads: this.#threads,
      source: path.basename(request.modelPath),
    });
    this.#models.set(handle, { network, graph, session });
    return describeOpened(handle, network, { ...chosen, loadMs: performance.now() - start });
  }

  get(handle: number): OpenModel {
    const model = this.#models.get(handle);
    if (model) return model;
    throw new LightboxError('internal', `The engine process has no model ${handle}.`);
  }

  async close(handle: number): Promise<undefined> {
    const model = this.#models.get(handle);
    this.#models.delete(handle);
    await model?.session.close();
  }

  #findBlockSize(): ReturnType<typeof probeBlockSize> {
    this.#blockSize ??= probeBlockSize();
    return this.#blockSize;
  }
}

function describeOpened(
  handle: number,
  network: Network,
  { provider, adapter, notes, loadMs }: ChosenProvider & { readonly loadMs: number },
): OpenedModel {
  return {
    handle,
    network: summarizeNetwork(network),
    provider,
    adapter,
    loadMs,
    notes: [...network.notes, ...notes],
  };
}
