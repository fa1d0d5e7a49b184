import { z } from 'zod';
import type { Attribution, Prediction, ReadonlyCatalog, Sample } from '#core/catalog/index.ts';
import { computeModelView } from '#core/imaging/index.ts';
import type { SignMeaning } from '#core/relevance/index.ts';
import type { AttributionView, PredictionView, SampleView } from '#shared/contract/samples.ts';
import { recordedInputSchema } from './recorded-input.ts';
import { senseRelevance, type SenseQuestion } from '../relevance-sense.ts';

export const attributionSettingsSchema = z.object({
  input: recordedInputSchema,
  composite: z.object({ name: z.string() }),
  initial: z.enum(['one', 'logit']),
});

/** One sample with all its results. Throws `sample/unknown`. */
export function readSampleView(catalog: ReadonlyCatalog, id: number): SampleView {
  return catalog.snapshot(() => {
    const sample = catalog.samples.get(id);
    const predictions = listPredictions(catalog, sample);
    return {
      ...{ id, path: sample.path, width: sample.width ?? 0, height: sample.height ?? 0 },
      ...{ split: sample.split, label: sample.label },
      predictions: predictions.map(describePrediction),
      attributions: catalog.attributions
        .list(id)
        .map((attribution) => describeAttribution(catalog, attribution, { sample, predictions })),
    };
  });
}

export function describePrediction({ setup, predicted, probabilities, logits }: Prediction): PredictionView {
  return { setup, predicted, probabilities: Array.from(probabilities), logits: Array.from(logits) };
}

function listPredictions(catalog: ReadonlyCatalog, { id }: Sample): readonly Prediction[] {
  return catalog.models
    .list()
    .flatMap((model) => catalog.setups.list(model.id))
    .filter(({ kind }) => kind === 'prediction')
    .flatMap((setup) => catalog.predictions.find(setup.id, id) ?? []);
}

/** @param context of the same sample; predictions of any models. */
export function describeAttribution(
  catalog: ReadonlyCatalog,
  { setup, target, sum, arraySha256 }: Attribution,
  { sample, predictions }: { readonly sample: Sample; readonly predictions: readonly Prediction[] },
): AttributionView {
  const { model, settings } = catalog.setups.get(setup);
  const { input, composite, initial } = attributionSettingsSchema.parse(settings);
  const own = predictions.find((prediction) => catalog.setups.get(prediction.setup).model === model);
  const size = { width: sample.width ?? 1, height: sample.height ?? 1 };
  const sense = { meaning: meanings[composite.name] ?? 'evidence-of-logit', initialRelevance: initial };
  return {
    ...{ setup, target, sum, arraySha256, region: computeModelView(size, input).region },
    turned: findTurned(sense, own?.logits[target]),
    effect: sense.meaning === 'gradient' ? 'gradient' : 'evidence',
  };
}

/** Some ways of sharing relevance say nothing of its sign before the logit is known. */
export function findTurned(sense: Omit<SenseQuestion, 'logit'>, logit: number | undefined): boolean | undefined {
  if (logit !== undefined) return senseRelevance({ ...sense, logit }).turned;
  const [positive, negative] = [1, -1].map((assumed) => senseRelevance({ ...sense, logit: assumed }).turned);
  return positive === negative ? positive : undefined;
}

/** What relevance above zero says, of the composites that do not share in proportion to the logit (docs/rules.md). */
export const meanings: Readonly<Record<string, SignMeaning>> = {
  GuidedBackprop: 'gradient',
  ExcitationBackprop: 'evidence',
};
