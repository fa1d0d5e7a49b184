/** Reference samples said plainly: every picture's whole arrays, added up and sorted in memory. */
import path from 'node:path';
import type { Sample } from '#core/catalog/index.ts';
import { createEngine } from '#core/engine/index.ts';
import { decodePicture, loadManifest, preprocess } from '#core/imaging/index.ts';
import { createComposite } from '#core/relevance/index.ts';
import type { Ranking } from '#core/workbench/index.ts';

export interface PlainRequest {
  readonly modelPath: string;
  readonly folder: string;
  /** With their class. */
  readonly samples: readonly { readonly sample: Sample; readonly target: number }[];
  readonly layer: string;
}

/** What the channels of a layer carry on one picture. */
export interface PlainReading {
  readonly sample: Sample;
  readonly logit: number;
  /** [channels][positions] */
  readonly values: readonly (readonly number[])[];
}

export async function readPlainly(request: PlainRequest, kind: Ranking['by']): Promise<readonly PlainReading[]> {
  const engine = createEngine({ threads: 1 });
  const { modelPath, layer } = request;
  try {
    const { manifest } = await loadManifest(modelPath, {});
    const composite = createComposite('EpsilonPlusFlat');
    const opened = await engine.open({ modelPath, provider: 'cpu', composite, taps: [{ layer, kind }] });
    const channels = opened.network.layers.find(({ name }) => name === layer)?.channels ?? 0;
    const readings: PlainReading[] = [];
    for (const { sample, target } of request.samples) {
      const { tensor } = preprocess(await decodePicture(path.join(request.folder, sample.path)), manifest.input);
      const call = { handle: opened.handle, images: tensor, targets: [target], initial: 'logit' } as const;
      const { taps, logits } = await engine.attribute(call);
      const all = [...(taps[0]?.values ?? [])];
      const count = all.length / channels;
      const values = Array.from({ length: channels }, (_, at) => all.slice(at * count, (at + 1) * count));
      readings.push({ sample, logit: logits[target] ?? NaN, values });
    }
    return readings;
  } finally {
    await engine.close();
  }
}

export interface PlainPick {
  readonly sample: number;
  readonly score: number;
  readonly position: number;
}

export function rankPlainly(
  readings: readonly PlainReading[],
  channel: number,
  { sum, normalised }: Ranking,
): readonly PlainPick[] {
  const valueOf = (positions: readonly number[]): number =>
    sum === 'sum' ? positions.reduce((total, value) => total + value, 0) : Math.max(...positions);
  const picks = readings.map(({ sample, values }) => {
    const all = values.map(valueOf);
    const absolute = normalised ? all.reduce((total, value) => total + Math.abs(value), 0) + 1e-10 : 1;
    const own = values[channel] ?? [];
    return {
      ...{ sample: sample.id, path: sample.path, score: (all[channel] ?? NaN) / absolute },
      position: own.indexOf(Math.max(...own)),
    };
  });
  return picks.sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}

/** Shares of a layer's channels in what passes one channel of a layer above: whole arrays, masked and restarted, added up. */
export async function feedPlainly(
  { modelPath, folder, samples, layer }: PlainRequest,
  { below, channel }: { readonly below: string; readonly channel: number },
): Promise<readonly number[]> {
  const engine = createEngine({ threads: 1 });
  try {
    const { manifest } = await loadManifest(modelPath, {});
    const opened = await engine.open({
      ...{ modelPath, provider: 'cpu', composite: createComposite('EpsilonPlusFlat') },
      conditions: [{ layer, mode: 'through' }],
      taps: [{ layer: below, kind: 'relevance' }],
    });
    const channelsOf = (name: string): number => opened.network.layers.find((one) => one.name === name)?.channels ?? 0;
    const values = Float32Array.from({ length: channelsOf(layer) }, (_, at) => Number(at === channel));
    const shares = new Array<number>(channelsOf(below)).fill(0);
    for (const { sample, target } of samples) {
      const { tensor } = preprocess(await decodePicture(path.join(folder, sample.path)), manifest.input);
      const call = { handle: opened.handle, images: tensor, targets: [target], initial: 'logit' } as const;
      const { taps } = await engine.attribute({ ...call, masks: [{ layer, values }] });
      const all = [...(taps[0]?.values ?? [])];
      const count = all.length / shares.length;
      const sums = shares.map((_, at) =>
        all.slice(at * count, (at + 1) * count).reduce((sum, value) => sum + value, 0),
      );
      const absolute = sums.reduce((sum, value) => sum + Math.abs(value), 0);
      sums.forEach((sum, at) => (shares[at] = (shares[at] ?? 0) + sum / absolute / samples.length));
    }
    return shares;
  } finally {
    await engine.close();
  }
}
