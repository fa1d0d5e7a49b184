import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEngine, type Engine, type EngineOptions, type OpenedModel } from '#core/engine/index.ts';
import { createNormalValues, keepNetwork, type ArchitectureName } from '#core/networks/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { defaultComposite, type Composite } from '#core/relevance/index.ts';
import { chooseComposites } from './choose-composites.ts';
import { createProgress, throwIfCancelled, type JobControl } from './job.ts';

export interface SpeedRequest {
  /** A model to measure; without one the architecture is built with seeded weights. */
  readonly modelPath?: string | undefined;
  readonly arch?: ArchitectureName | undefined;
  /** Height and width of the picture, in pixels. */
  readonly size?: number | undefined;
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
  /** The model's own forward pass. */
  readonly forwardMs: number;
  /** Forward pass and relevance. */
  readonly lrpMs: number;
  readonly ratio: number;
  /** From the file to a ready session. */
  readonly loadMs: number;
  /** The most memory the engine process held, in MB (2^20 bytes). */
  readonly peakRssMb: number;
}

const warmUps = 2;
const defaults = { arch: 'resnet50', size: 224, batchSize: 1, repeat: 7 } as const;
const seed = 1;
const classes = 1000;

interface SpeedJob {
  readonly modelPath: string;
  readonly arch: string;
  readonly request: SpeedRequest;
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
  const composites = await chooseComposites(request.composite ?? defaultComposite, {});
  const runs = warmUps + (request.repeat ?? defaults.repeat);
  const step = createProgress(composites.length * runs, control);
  step('preparing the network');
  const modelPath = request.modelPath ?? (await provideNetwork(request));
  const arch = request.modelPath === undefined ? (request.arch ?? defaults.arch) : path.parse(modelPath).name;
  const rows: SpeedRow[] = [];
  for (const composite of composites) {
    throwIfCancelled(control);
    rows.push(await measureComposite({ modelPath, arch, request, options, control, step }, composite));
  }
  return rows;
}

function provideNetwork({ arch = defaults.arch, size = defaults.size, cache }: SpeedRequest): Promise<string> {
  const folder = cache ?? path.join(tmpdir(), 'relevance-lightbox-networks');
  return keepNetwork({ arch, size, classes, seed, batchNorm: 'folded' }, folder);
}

async function measureComposite(job: SpeedJob, composite: Composite): Promise<SpeedRow> {
  const [relevanceEngine, forwardEngine] = [createEngine(job.options), createEngine(job.options)];
  const close = (): void => void Promise.all([relevanceEngine.close(), forwardEngine.close()]);
  job.control.signal?.addEventListener('abort', close);
  try {
    return await compareRuns(job, composite, { relevanceEngine, forwardEngine });
  } finally {
    job.control.signal?.removeEventListener('abort', close);
    await Promise.all([relevanceEngine.close(), forwardEngine.close()]);
  }
}

interface Contenders {
  readonly relevanceEngine: Engine;
  readonly forwardEngine: Engine;
}

async function compareRuns(
  job: SpeedJob,
  composite: Composite,
  { relevanceEngine, forwardEngine }: Contenders,
): Promise<SpeedRow> {
  const { modelPath, request, control, step } = job;
  const { size = defaults.size, batchSize = defaults.batchSize, repeat = defaults.repeat, provider = 'auto' } = request;
  const model = { modelPath, provider, inputSize: { height: size, width: size } };
  const opened = await relevanceEngine.open({ ...model, composite });
  const plain = await forwardEngine.open(model);
  const images = createPictures(opened, batchSize);
  const runRelevance = async (): Promise<number> =>
    (await relevanceEngine.attribute({ handle: opened.handle, images }, { batchSize })).milliseconds;
  const runForward = async (): Promise<number> =>
    (await forwardEngine.predict({ handle: plain.handle, images }, { batchSize })).milliseconds;
  const [forward, relevance]: [number[], number[]] = [[], []];
  for (let run = 0; run < warmUps + repeat; run++) {
    throwIfCancelled(control);
    step(`${job.arch} ${composite.name}`);
    forward.push(await runForward());
    relevance.push(await runRelevance());
  }
  const [forwardMs, lrpMs] = [median(forward.slice(warmUps)), median(relevance.slice(warmUps))];
  return {
    ...{
      arch: job.arch,
      size: opened.network.input.height,
      batch: batchSize,
      composite: composite.name,
      provider: opened.provider,
    },
    ...{ forwardMs, lrpMs, ratio: lrpMs / forwardMs, loadMs: opened.loadMs },
    peakRssMb: (await relevanceEngine.memory()).peakRssMb,
  };
}

function createPictures({ network: { input } }: OpenedModel, count: number): Float32Array {
  return createNormalValues('pictures', count * input.channels * input.height * input.width);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
