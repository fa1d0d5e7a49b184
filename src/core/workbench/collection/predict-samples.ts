import type { Catalog, NewPrediction, Setup } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { joinInputs } from '../batch-rows.ts';
import { readPrediction } from '../prediction.ts';
import type { PreparedSample } from './dataset-batches.ts';
import { originOf, type DatasetModel } from './dataset-model.ts';
import { waitToSave } from './run-job.ts';

export interface Predicting {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly model: DatasetModel;
  readonly setup: Setup;
  readonly signal: AbortSignal | undefined;
}

/** Predicts pictures together and puts what the model says into the catalog. */
export async function predictSamples(job: Predicting, ready: readonly PreparedSample[]): Promise<void> {
  const { engine, catalog, signal, model, setup } = job;
  const images = joinInputs(ready.map(({ prepared }) => prepared));
  const options = { batchSize: ready.length, signal };
  const { logits } = await engine.predict({ handle: model.opened.handle, images }, options);
  await waitToSave(catalog, { signal });
  const count = model.labels.length;
  const predictions = ready.map(({ sample }, row) =>
    describePrediction(sample.contentSha256, logits.slice(row * count, (row + 1) * count)),
  );
  catalog.predictions.insertAll({ setup: setup.id, origin: originOf(model) }, predictions);
}

/** Puts what a model said of one picture, a row of logits, into the catalog. */
export function savePrediction(
  { catalog, model, setup }: Pick<Predicting, 'catalog' | 'model' | 'setup'>,
  contentSha256: string,
  logits: Float32Array,
): void {
  const predictions = [describePrediction(contentSha256, logits)];
  catalog.predictions.insertAll({ setup: setup.id, origin: originOf(model) }, predictions);
}

function describePrediction(contentSha256: string, logits: Float32Array): NewPrediction {
  const { index, classes } = readPrediction(logits, []);
  const probabilities = Float32Array.from(classes, ({ probability }) => probability);
  return { contentSha256, logits, probabilities, predicted: index, confidence: probabilities[index] ?? 0 };
}
