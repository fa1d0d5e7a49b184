import type { Catalog, NewAttribution, Setup } from '#core/catalog/index.ts';
import type { Attribution, Engine } from '#core/engine/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import { joinInputs, sliceRow } from '../batch-rows.ts';
import { summarizeRelevance } from '../relevance-summary.ts';
import type { PreparedSample } from './dataset-batches.ts';
import { originOf, type DatasetModel } from './dataset-model.ts';
import { waitToSave } from './run-job.ts';

export interface AttributionSettings {
  readonly composite: Composite;
  readonly initial: 'one' | 'logit';
  /** As the user said it: `predicted`, `label`, a label, or an index. */
  readonly target: string;
}

/** All that decides a heatmap but the model, its input and the picture, as a setup holds it. */
export function describeSettings({ composite, initial, target }: AttributionSettings): object {
  return { composite, target, initial, values: 'sum over color channels' };
}

export interface Attributing {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly model: DatasetModel;
  readonly setup: Setup;
  readonly composite: Composite;
  readonly initial: 'one' | 'logit';
  readonly signal: AbortSignal | undefined;
}

/** -1 is what the model predicts. */
export type TargetedSample = PreparedSample & { readonly target: number };

/** Explains pictures together and puts their heatmaps into the catalog. Returns what the engine answered, [pictures, ...]. */
export async function attributeSamples(job: Attributing, ready: readonly TargetedSample[]): Promise<Attribution> {
  const { engine, catalog, initial, signal, model, setup } = job;
  const images = joinInputs(ready.map(({ prepared }) => prepared));
  const targets = ready.map(({ target }) => target);
  const call = { handle: model.opened.handle, images, targets, initial };
  const attribution = await engine.attribute(call, { batchSize: ready.length, signal });
  const rows = await Promise.all(
    ready.map((one, row) => describeRow(job, one, sliceRow(attribution, row, ready.length))),
  );
  await waitToSave(catalog, { signal });
  catalog.attributions.insertAll({ setup: setup.id, origin: originOf(model) }, rows);
  return attribution;
}

async function describeRow(
  { catalog, initial, model, composite }: Attributing,
  { sample, prepared }: PreparedSample,
  row: Attribution,
): Promise<NewAttribution> {
  const { channels, height, width } = model.opened.network.input;
  const heatmap = sumOverColor(row.relevance, channels);
  const target = row.targets[0] ?? 0;
  return {
    ...{ contentSha256: sample.contentSha256, composite: composite.name, target },
    initialRelevance: initial === 'logit' ? (row.logits[target] ?? 0) : 1,
    sum: summarizeRelevance(row.relevance).sum,
    arraySha256: await catalog.arrays.save({ shape: [height, width], values: heatmap }),
    provenance: {
      milliseconds: row.milliseconds,
      warnings: [...prepared.picture.warnings, ...prepared.input.warnings],
    },
  };
}
