import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createEngine, type Engine, type EngineOptions, type OpenedModel } from '#core/engine/index.ts';
import { createNormalValues, type ArchitectureName } from '#core/networks/index.ts';
import { readModel } from '#core/onnx/index.ts';
import { defaultComposite, type Composite } from '#core/relevance/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { chooseComposites } from './choose-composites.ts';
import { createProgress, throwIfCancelled, type JobControl } from './job.ts';
import { keepFullNetwork } from './full-network.ts';
import { findMedian } from './median.ts';
import { findInputShape } from './model-file.ts';
import { PlainForward } from './plain-forward.ts';

export interface SpeedRequest {
  /** A model to measure; without one the architecture is built with seeded weights. */
  readonly modelPath?: string | undefined;
  readonly arch?: ArchitectureName | undefined;
  /** Height and width of the picture, in pixels, where the model leaves them open. */
  readonly size?: number | undefined;
  /** A composite's name, `all`, or a JSON file; EpsilonPlusFlat when not given. */
  readonly composite?: string | undefined;
  readonly batchSize?: number | undefined;
  /** Counted runs of each kind. */
  readonly repeat?: number | undefined;
  readonly provider?: ProviderChoice | undefined;
  /** Where built networks are kept. */
  readonly cache?: string | undefined;
}

/** Times are medians in milliseconds for the whole batch. */
export interface SpeedRow {
  readonly arch: string;
  readonly size: number;
  readonly batch: number;
  readonly composite: string;
  readonly provider: string;
  /** The plain model in ONNX Runtime with its best defaults. */
  readonly forwardMs: number;
  /** Forward pass and relevance together. */
  readonly lrpMs: number;
  readonly ratio: number;
  /** From the file to a ready session. */
  readonly loadMs: number;
  /** The most memory the engine process held, in MB (2^20 bytes). */
  readonly peakRssMb: number;
}

const warmUps = 2;
const pauseMs = 20;

/** A request with everything settled. */
interface SpeedJob {
  readonly modelPath: string;
  readonly arch: string;
  readonly inputSize: { readonly height: number; readonly width: number };
  readonly batchSize: number;
  readonly repeat: number;
  readonly provider: ProviderChoice;
  readonly options: EngineOptions;
  readonly control: JobControl;
  readonly step: (label: string) => void;
}

/**
 * Measures relevance against the plain forward pass, in turn and in the same minute. Each row has an engine process of its
 * own, so that its peak of memory is its own; the plain model runs in another.
 */
export async function measureSpeed(
  request: SpeedRequest,
  options: EngineOptions,
  control: JobControl,
): Promise<readonly SpeedRow[]> {
  const { batchSize = 1, repeat = 7, provider = 'auto', arch = 'resnet50', size = 224 } = request;
  const composites = await chooseComposites(request.composite ?? defaultComposite, {});
  const step = createProgress(composites.length * (warmUps + repeat), control);
  step('preparing the network');
  const modelPath = request.modelPath ?? (await keepFullNetwork({ arch, size, cache: request.cache }));
  const { height = size, width = size } = findInputShape(await readModel(modelPath));
  const name = request.modelPath === undefined ? arch : path.parse(modelPath).name;
  const settled = { modelPath, arch: name, inputSize: { height, width }, batchSize, repeat, provider };
  const rows: SpeedRow[] = [];
  for (const composite of composites) {
    throwIfCancelled(control);
    rows.push(await measureComposite({ ...settled, options, control, step }, composite));
  }
  return rows;
}

async function measureComposite(job: SpeedJob, composite: Composite): Promise<SpeedRow> {
  const engine = createEngine(job.options);
  const close = (): void => void engine.close();
  job.control.signal?.addEventListener('abort', close);
  try {
    const { modelPath, inputSize, provider } = job;
    const opened = await engine.open({ modelPath, inputSize, composite, provider });
    const times = await measureOpened(job, engine, opened);
    const { peakRssMb } = await engine.memory();
    return {
      ...{ arch: job.arch, size: inputSize.height, batch: job.batchSize, composite: composite.name },
      ...{
        provider: opened.provider,
        ...times,
        ratio: times.lrpMs / times.forwardMs,
        loadMs: opened.loadMs,
        peakRssMb,
      },
    };
  } finally {
    job.control.signal?.removeEventListener('abort', close);
    await engine.close();
  }
}

type Times = Pick<SpeedRow, 'forwardMs' | 'lrpMs'>;

async function measureOpened(job: SpeedJob, engine: Engine, opened: OpenedModel): Promise<Times> {
  const plain = new PlainForward({ modelPath: job.modelPath, provider: opened.provider, threads: job.options.threads });
  try {
    return await compareRuns(job, { engine, opened, plain });
  } finally {
    await plain.close();
  }
}

interface Contenders {
  readonly engine: Engine;
  readonly opened: OpenedModel;
  readonly plain: PlainForward;
}

/** Medians of runs in turn. The pause lets the other process's threads, which wait busily for a while, fall asleep. */
async function compareRuns(job: SpeedJob, { engine, opened, plain }: Contenders): Promise<Times> {
  const { batchSize, repeat, control } = job;
  const { channels, height, width } = opened.network.input;
  const images = createNormalValues('pictures', batchSize * channels * height * width);
  const [forward, relevance]: [number[], number[]] = [[], []];
  for (let run = 0; run < warmUps + repeat; run++) {
    throwIfCancelled(control);
    job.step(job.arch);
    await wait(pauseMs);
    forward.push(await plain.time([batchSize, channels, height, width]));
    await wait(pauseMs);
    relevance.push((await engine.attribute({ handle: opened.handle, images }, { batchSize })).milliseconds);
  }
  return { forwardMs: findMedian(forward.slice(warmUps)), lrpMs: findMedian(relevance.slice(warmUps)) };
}
