import { setTimeout as wait } from 'node:timers/promises';
import { createEngine, keepChannels, type Condition, type Engine, type EngineOptions } from '#core/engine/index.ts';
import { createNormalValues } from '#core/networks/index.ts';
import { readModel } from '#core/onnx/index.ts';
import { defaultComposite, type Composite } from '#core/relevance/index.ts';
import type { Provider } from '#shared/providers.ts';
import { chooseComposites } from './choose-composites.ts';
import { listConceptLayers } from './concept-layers.ts';
import { keepFullNetwork } from './full-network.ts';
import { createProgress, throwIfCancelled, type JobControl } from './job.ts';
import type { SpeedRequest } from './measure-speed.ts';
import { findMedian } from './median.ts';
import { findInputShape } from './model-file.ts';
import { PlainForward } from './plain-forward.ts';
import { spreadEvenly } from './spread-evenly.ts';

/** Times are medians in milliseconds for one picture. */
export interface ConceptSpeedRow {
  readonly arch: string;
  readonly size: number;
  readonly composite: string;
  readonly provider: string;
  /** The plain model in ONNX Runtime with its best defaults. */
  readonly forwardMs: number;
  /** Forward pass and relevance together. */
  readonly lrpMs: number;
  /** The same with the relevance of every concept of every layer. */
  readonly conceptsMs: number;
  /** conceptsMs / lrpMs */
  readonly conceptsRatio: number;
  readonly conditions: number;
  /** All conditions in one run. */
  readonly conditionsMs: number;
  /** Forward passes a condition costs: conditionsMs / conditions / forwardMs. */
  readonly forwardsPerCondition: number;
}

const warmUps = 2;
const pauseMs = 20;
const mostConditions = 16;

interface ConceptJob {
  readonly modelPath: string;
  readonly arch: string;
  readonly inputSize: { readonly height: number; readonly width: number };
  readonly repeat: number;
  readonly provider: NonNullable<SpeedRequest['provider']>;
  readonly options: EngineOptions;
  readonly control: JobControl;
  readonly step: (label: string) => void;
}

/** Measures concept relevance and conditions against the plain forward pass and against LRP, in turn and in the same minute. */
export async function measureConcepts(
  request: SpeedRequest,
  options: EngineOptions,
  control: JobControl,
): Promise<readonly ConceptSpeedRow[]> {
  const { repeat = 7, provider = 'auto', arch = 'resnet50', size = 224 } = request;
  const composites = await chooseComposites(request.composite ?? defaultComposite, {});
  const step = createProgress(composites.length * (warmUps + repeat), control);
  step('preparing the network');
  const modelPath = request.modelPath ?? (await keepFullNetwork({ arch, size, cache: request.cache }));
  const { height = size, width = size } = findInputShape(await readModel(modelPath));
  const job = { modelPath, arch, inputSize: { height, width }, repeat, provider, options, control, step };
  const rows: ConceptSpeedRow[] = [];
  for (const composite of composites) {
    throwIfCancelled(control);
    rows.push(await measureComposite(job, composite));
  }
  return rows;
}

async function measureComposite(job: ConceptJob, composite: Composite): Promise<ConceptSpeedRow> {
  const engine = createEngine(job.options);
  const close = (): void => void engine.close();
  job.control.signal?.addEventListener('abort', close);
  try {
    const contenders = await openContenders(job, engine, composite);
    const { modelPath, options } = job;
    const plain = new PlainForward({ modelPath, provider: contenders.provider, threads: options.threads });
    try {
      return await compareRuns(job, composite, { ...contenders, plain });
    } finally {
      await plain.close();
    }
  } finally {
    job.control.signal?.removeEventListener('abort', close);
    await engine.close();
  }
}

interface Contenders {
  readonly provider: Provider;
  readonly channels: number;
  readonly conditionCount: number;
  /** Each gives the milliseconds of one run. */
  readonly relevance: (image: Float32Array) => Promise<number>;
  readonly concepts: (image: Float32Array) => Promise<number>;
  readonly conditions: (image: Float32Array) => Promise<number>;
}

async function openContenders(job: ConceptJob, engine: Engine, composite: Composite): Promise<Contenders> {
  const { modelPath, inputSize, provider } = job;
  const request = { modelPath, inputSize, composite, provider };
  const relevance = await engine.open(request);
  const layers = listConceptLayers(relevance.network.layers);
  const concepts = await engine.open({
    ...request,
    concepts: layers.map(({ name }) => ({ layer: name, kind: 'relevance', round: true })),
  });
  const chosen = spreadEvenly(
    layers.filter(({ type }) => type === 'convolution'),
    mostConditions,
  );
  const conditioned = await engine.open({
    ...request,
    batch: 'shared',
    starts: chosen.map(({ name }) => ({ layer: name, from: 'relevance' })),
  });
  const conditions = chosen.map(({ name, channels }): Condition => [
    { layer: name, channels: keepChannels(channels, [0]) },
  ]);
  return {
    provider: relevance.provider,
    channels: relevance.network.input.channels,
    conditionCount: conditions.length,
    relevance: async (images) => (await engine.attribute({ handle: relevance.handle, images })).milliseconds,
    concepts: async (images) => (await engine.attribute({ handle: concepts.handle, images })).milliseconds,
    conditions: async (image) =>
      (await engine.condition({ handle: conditioned.handle, image, conditions }, { batchSize: conditions.length }))
        .milliseconds,
  };
}

/** Medians of runs in turn. The pause lets the other process's threads, which wait busily for a while, fall asleep. */
async function compareRuns(
  job: ConceptJob,
  composite: Composite,
  contenders: Contenders & { readonly plain: PlainForward },
): Promise<ConceptSpeedRow> {
  const { height, width } = job.inputSize;
  const { channels, conditionCount, plain } = contenders;
  const image = createNormalValues('pictures', channels * height * width);
  const runs = [
    () => plain.time([1, channels, height, width]),
    () => contenders.relevance(image),
    () => contenders.concepts(image),
    () => contenders.conditions(image),
  ];
  const times: number[][] = runs.map(() => []);
  for (let run = 0; run < warmUps + job.repeat; run++) {
    throwIfCancelled(job.control);
    job.step(job.arch);
    for (const [i, measure] of runs.entries()) {
      await wait(pauseMs);
      times[i]?.push(await measure());
    }
  }
  const [forwardMs = NaN, lrpMs = NaN, conceptsMs = NaN, conditionsMs = NaN] = times.map((measured) =>
    findMedian(measured.slice(warmUps)),
  );
  return {
    ...{ arch: job.arch, size: height, composite: composite.name, provider: contenders.provider },
    ...{ forwardMs, lrpMs, conceptsMs, conceptsRatio: conceptsMs / lrpMs },
    ...{ conditions: conditionCount, conditionsMs },
    forwardsPerCondition: conditionsMs / conditionCount / forwardMs,
  };
}
