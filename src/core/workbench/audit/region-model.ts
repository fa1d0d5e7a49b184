import type { Engine, OpenedModel } from '#core/engine/index.ts';
import type { InputRecipe } from '#core/imaging/index.ts';
import { defaultComposite, signMeaning, type SignMeaning } from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { chooseComposites } from '../choose-composites.ts';
import type { JobControl } from '../job.ts';
import { identifyModel, type IdentifiedModel } from '../collection/dataset-model.ts';
import { checkManifest, countClasses, loadModelFile, type ModelRecord } from '../model-file.ts';
import { readModelNetwork } from '../name-rules.ts';
import { zBoxBounds } from '../zbox-bounds.ts';

/** A model opened twice: once to predict many variants of a picture in one run, once to explain every class of it. */
export interface RegionModel {
  readonly identified: IdentifiedModel;
  readonly record: ModelRecord;
  readonly recipe: InputRecipe;
  /** A name for each class. */
  readonly labels: readonly string[];
  readonly composite: string;
  readonly meaning: SignMeaning;
  readonly predictor: OpenedModel;
  readonly explainer: OpenedModel;
}

export interface RegionModelRequest {
  readonly modelPath: string;
  /** One by name or JSON file; EpsilonPlusFlat when not given. */
  readonly composite?: string | undefined;
  readonly provider?: ProviderChoice | undefined;
}

/** The caller releases it. Throws as opening a model, and `request/invalid` for several composites. */
export async function openRegionModel(
  engine: Engine,
  { modelPath, composite: name = defaultComposite, provider }: RegionModelRequest,
  control: JobControl,
): Promise<RegionModel> {
  const file = await loadModelFile(modelPath);
  const [composite, ...others] = await chooseComposites(name, zBoxBounds(file));
  if (!composite || others.length > 0)
    throw new LightboxError('request/invalid', 'A region is tested with one composite; name one, not all.');
  const { input, labels } = file.manifest.manifest;
  const request = { modelPath, inputSize: { height: input.height, width: input.width }, ...(provider && { provider }) };
  const identified = await identifyModel(file);
  const predictor = await engine.open(request, control);
  checkManifest(file, predictor.network);
  const explainer = await engine.open({ ...request, composite, batch: 'shared' }, control);
  const names = Array.from(
    { length: countClasses(predictor.network) },
    (_, index) => labels[index] ?? `class ${index}`,
  );
  return {
    ...{ identified, record: identified.record, recipe: input, labels: names, composite: composite.name },
    ...{ meaning: signMeaning(readModelNetwork(file), composite), predictor, explainer },
  };
}

export async function releaseRegionModel(engine: Engine, { predictor, explainer }: RegionModel): Promise<void> {
  await engine.release(predictor.handle);
  await engine.release(explainer.handle);
}
