import type { Catalog, Model, Sample } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import type { CompositeName } from '#shared/composite-names.ts';
import { LightboxError } from '#shared/errors.ts';
import { attributeSamples, describeSettings } from '../../collection/attribute-samples.ts';
import { prepareSample, type PreparedSample } from '../../collection/dataset-batches.ts';
import {
  findSetup,
  openIdentified,
  type DatasetModel,
  type DatasetModelRequest,
} from '../../collection/dataset-model.ts';
import { predictSamples, savePrediction } from '../../collection/predict-samples.ts';
import { throwIfCancelled } from '../../job.ts';
import { nameTarget } from './find-attribution.ts';
import type { CatalogModelFile } from './model-files.ts';
import type { OpenedModels } from './opened-models.ts';

/** What a sample is computed with. */
export interface Computing {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly opened: OpenedModels;
  readonly model: Model;
  readonly file: CatalogModelFile;
  readonly purpose: Purpose;
  readonly sample: Sample;
  readonly signal: AbortSignal | undefined;
  /** Told of each step as it begins. */
  readonly onStep: (step: 'opening the model' | 'computing') => void;
}

export interface Explanation {
  readonly composite: CompositeName;
  readonly target: number | 'predicted';
  readonly initial: 'one' | 'logit';
}

/** What a model is opened for: to predict, to explain by a composite, or to say what its concepts carry as well. */
export interface Purpose {
  readonly composite?: CompositeName;
  readonly concepts?: 'concepts';
}

export const openedKey = ({ mark }: CatalogModelFile, purpose: Purpose): string =>
  [mark, purpose.composite ?? '', purpose.concepts ?? ''].join(' ');

/** Explains a sample and puts heatmap and prediction into the catalog, as jobs over datasets do. Returns the explained class. */
export async function explainSample(
  computing: Computing,
  { composite: name, target, initial }: Explanation,
): Promise<number> {
  const { engine, catalog, signal, file, sample } = computing;
  const composite = file.composite(name);
  const model = await openFor(computing, { composite });
  const prepared = await prepare(computing, model);
  const wording = target === 'predicted' ? target : nameTarget(model.model, target);
  const settings = describeSettings({ composite, initial, target: wording });
  const setup = findSetup(catalog, model, { kind: 'attribution', settings });
  computing.onStep('computing');
  const { logits, targets } = await attributeSamples({ engine, catalog, model, setup, composite, initial, signal }, [
    { ...prepared, target: target === 'predicted' ? -1 : target },
  ]);
  // The walk back went through the forward pass: what it said is kept as well.
  const predicting = findSetup(catalog, model, { kind: 'prediction', settings: {} });
  if (!catalog.predictions.find(predicting.id, sample.id))
    savePrediction({ catalog, model, setup: predicting }, prepared.sample.contentSha256, logits);
  return targets[0] ?? 0;
}

/** Predicts a sample and puts it into the catalog. */
export async function predictSample(computing: Computing): Promise<void> {
  const { engine, catalog, signal } = computing;
  const model = await openFor(computing, {});
  const prepared = await prepare(computing, model);
  const setup = findSetup(catalog, model, { kind: 'prediction', settings: {} });
  computing.onStep('computing');
  await predictSamples({ engine, catalog, model, setup, signal }, [prepared]);
}

type Opening = Pick<DatasetModelRequest, 'composite' | 'concepts' | 'starts' | 'batch'>;

/** Opened for its purpose, where it is not yet. */
export async function openFor(
  { engine, catalog, opened, model, file, purpose, signal, onStep }: Computing,
  opening: Opening,
): Promise<DatasetModel> {
  const labels = model.labels.length > 0 ? model.labels : undefined;
  onStep('opening the model');
  const identified = await file.identify();
  return opened.get(openedKey(file, purpose), () =>
    openIdentified({ engine, catalog, control: { signal } }, identified, { ...opening, labels, datasetLabels: [] }),
  );
}

/** Throws `picture/...` for a picture that cannot be used. */
export async function prepare({ catalog, sample, signal }: Computing, model: DatasetModel): Promise<PreparedSample> {
  const { id, path, contentSha256, unreadable } = sample;
  if (contentSha256 === undefined || unreadable !== undefined)
    throw new LightboxError('picture/unreadable', unreadable ?? `"${path}" was not read yet; import its folder again.`);
  const dataset = catalog.datasets.get(sample.datasetId);
  const { input: recipe } = model.file.manifest.manifest;
  const prepared = await prepareSample({ dataset, recipe }, { id, path, contentSha256 });
  if ('error' in prepared) throw new LightboxError(prepared.error.code, prepared.error.message);
  throwIfCancelled({ signal });
  return prepared;
}
