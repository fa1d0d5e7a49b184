import { computeFlippingArea, computeRelevanceGain, undefinedBecause, type Measurement } from '#core/audit/index.ts';
import type { Engine, OpenedModel } from '#core/engine/index.ts';
import { normalizePlanes, type Planes } from '#core/imaging/index.ts';
import type { ModelFile } from '../model-file.ts';
import { readPrediction } from '../prediction.ts';
import { blurAway, drawOrder, flipRegions, orderRegions } from './flip-regions.ts';

const RANDOM_ORDERS = 10;

/** A model opened to predict only. */
export interface Predictor {
  readonly engine: Engine;
  readonly file: ModelFile;
  readonly opened: OpenedModel;
}

export interface GainTask {
  readonly planes: Planes;
  /** As shown, so that above zero speaks for the target. */
  readonly map: Float32Array;
  readonly target: number;
  readonly seedText: string;
  readonly signal?: AbortSignal | undefined;
}

export interface GainResult {
  readonly gain: Measurement;
  readonly randomGains: readonly number[];
}

/** Flips regions least relevant first, most relevant first, and in ten random orders, reading the target's probability. */
export async function measureGain(predictor: Predictor, task: GainTask): Promise<GainResult> {
  const blurred = blurAway(task.planes);
  if (!blurred)
    return { gain: undefinedBecause('the picture is too small for regions to be blurred away'), randomGains: [] };
  const leastFirst = orderRegions(task.planes, task.map);
  const random = Array.from({ length: RANDOM_ORDERS }, (_, at) => drawOrder(leastFirst, `${task.seedText} ${at}`));
  const curves: (readonly number[])[] = [];
  for (const order of [leastFirst, leastFirst.toReversed(), ...random]) {
    curves.push(await readCurve(predictor, task, flipRegions(task.planes, blurred, order)));
  }
  const [least = [], most = [], ...others] = curves;
  const areas = others.map(computeFlippingArea);
  const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
  return { gain: computeRelevanceGain(least, most), randomGains: areas.map((area) => area - mean) };
}

async function readCurve(
  { engine, file, opened }: Predictor,
  { target, signal }: GainTask,
  versions: readonly Planes[],
): Promise<readonly number[]> {
  const tensors = versions.map((planes) => normalizePlanes(planes, file.manifest.manifest.input));
  const length = tensors[0]?.length ?? 0;
  const images = new Float32Array(tensors.length * length);
  tensors.forEach((tensor, at) => {
    images.set(tensor, at * length);
  });
  const { logits } = await engine.predict({ handle: opened.handle, images }, { batchSize: versions.length, signal });
  const classes = logits.length / versions.length;
  return versions.map((_, at) => {
    const own = readPrediction(logits.slice(at * classes, (at + 1) * classes), []);
    return own.classes[target]?.probability ?? NaN;
  });
}
