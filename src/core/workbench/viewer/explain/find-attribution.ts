import type { Attribution, Model, Prediction, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import type { Question } from '#shared/contract/explain.ts';
import { z } from 'zod';
import { describeSettings } from '../../collection/attribute-samples.ts';
import type { ModelFile } from '../../model-file.ts';

export interface Wanted {
  readonly sample: number;
  readonly model: Model;
  /** The index of a class. */
  readonly target: number;
  readonly initial: 'one' | 'logit';
}

/** A heatmap made with exactly these settings, however its target was named. */
export function findAttribution(
  catalog: ReadonlyCatalog,
  { sample, model, target, initial }: Wanted,
  { file, composite }: { readonly file: ModelFile; readonly composite: Composite },
): Attribution | undefined {
  const { input } = file.manifest.manifest;
  const names = ['predicted', 'label', nameTarget(model, target), String(target)];
  return names
    .map((name) => ({ input, ...describeSettings({ composite, initial, target: name }) }))
    .map((settings) => catalog.setups.find({ model: model.id, kind: 'attribution', settings }))
    .map((setup) => setup && catalog.attributions.find(setup.id, sample))
    .find((attribution) => attribution?.target === target);
}

/** What a setup of heatmaps calls its settings; a catalog of another version may hold others. */
export const namedSchema = z.object({ composite: z.object({ name: z.string() }), initial: z.enum(['one', 'logit']) });

/** Where the model's file is gone, its settings cannot be read anew: the latest heatmap by the names of what was asked. */
export function findByName(
  catalog: ReadonlyCatalog,
  { sample, model, target, initial }: Wanted,
  composite: Question['composite'],
): Attribution | undefined {
  return catalog.attributions.list(sample).findLast((attribution) => {
    const setup = catalog.setups.get(attribution.setup);
    const named = namedSchema.safeParse(setup.settings).data;
    const isOfModel = setup.model === model.id && attribution.target === target;
    return isOfModel && named?.composite.name === composite && named.initial === initial;
  });
}

/** What a model says of a sample, by the latest of its setups. */
export function findPrediction(catalog: ReadonlyCatalog, model: Model, sample: number): Prediction | undefined {
  return catalog.setups
    .list(model.id)
    .filter(({ kind }) => kind === 'prediction')
    .map(({ id }) => catalog.predictions.find(id, sample))
    .findLast((prediction) => prediction !== undefined);
}

/** As a user would name the class: by its label, or by its index where labels do not tell classes apart. */
export function nameTarget({ labels }: Model, target: number): string {
  const label = labels[target] ?? '';
  return label !== '' && labels.indexOf(label) === target ? label : String(target);
}
