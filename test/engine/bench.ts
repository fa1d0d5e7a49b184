import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createEngine, type Engine, type OpenedModel } from '#core/engine/index.ts';
import { createNetwork, createNormalValues } from '#core/networks/index.ts';
import { saveModel, type Model } from '#core/onnx/index.ts';
import { createComposite } from '#core/relevance/index.ts';

export const size = 32;
export const classes = 4;
export const pixels = 3 * size * size;
export const composite = createComposite('EpsilonPlusFlat');

/** [count, 3, size, size] */
export function pictures(count: number): Float32Array {
  return createNormalValues('pictures', count * pixels);
}

/** A network so narrow that a run takes a millisecond. */
export function narrowNetwork(): Model {
  return createNetwork({ arch: 'resnet18', width: 8, classes, size, seed: 1, batchNorm: 'folded' });
}

/** A narrow network in a folder of its own, and an engine that has it open. */
export interface Bench {
  readonly folder: string;
  readonly modelPath: string;
  readonly engine: Engine;
  readonly opened: OpenedModel;
  remove(): Promise<void>;
}

export async function createBench(): Promise<Bench> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'lightbox-engine-')));
  const modelPath = path.join(folder, 'network.onnx');
  await saveModel(narrowNetwork(), modelPath);
  const engine = createEngine({ threads: 1 });
  const opened = await engine.open({ modelPath, provider: 'cpu', composite });
  const remove = async (): Promise<void> => {
    await engine.close();
    await rm(folder, { recursive: true });
  };
  return { folder, modelPath, engine, opened, remove };
}

/** |given - expected| / |expected|; NaN for different lengths. */
export function relativeDifference(given: Float32Array, expected: Float32Array): number {
  if (given.length !== expected.length) return NaN;
  return Math.hypot(...given.map((value, i) => value - (expected[i] ?? NaN))) / Math.hypot(...expected);
}

export function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

/** Waits up to ten seconds. */
export async function hasEnded(processId: number): Promise<boolean> {
  for (let tries = 0; tries < 200 && isRunning(processId); tries++) await wait(50);
  return !isRunning(processId);
}
