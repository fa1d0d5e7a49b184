import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { ExplainingModel, Known, PictureAndModel } from '#shared/contract/explain.ts';
import { LightboxError } from '#shared/errors.ts';
import { describeAttribution, describePrediction } from '../sample-view.ts';
import { findPrediction, namedSchema } from './find-attribution.ts';
import { findPlace } from './model-files.ts';

/** What the catalog has of a picture by a model. Throws `sample/unknown`, `model/not-found`. */
export function readKnown(catalog: ReadonlyCatalog, request: PictureAndModel): Known {
  return catalog.snapshot(() => {
    const sample = catalog.samples.get(request.sample);
    const model = catalog.models.get(request.model);
    const prediction = findPrediction(catalog, model, sample.id);
    const predictions = prediction ? [prediction] : [];
    const attributions = catalog.attributions.list(sample.id).flatMap((attribution) => {
      const setup = catalog.setups.get(attribution.setup);
      const named = namedSchema.safeParse(setup.settings).data;
      if (setup.model !== model.id || !named) return [];
      const { composite, initial } = named;
      return [
        { ...describeAttribution(catalog, attribution, { sample, predictions }), composite: composite.name, initial },
      ];
    });
    return { ...(prediction && { prediction: describePrediction(prediction) }), attributions };
  });
}

/** By name of file. */
export async function listExplainingModels(catalog: ReadonlyCatalog): Promise<ExplainingModel[]> {
  const models = catalog.models.list();
  const titles = models.map(({ title, file }) => title ?? file);
  const describe = models.map(async (model, index): Promise<ExplainingModel> => {
    const title = titles[index] ?? model.file;
    const isOnly = titles.filter((other) => other === title).length === 1;
    const fault = await findFault(() => findPlace(model));
    const setups = catalog.setups.list(model.id).map(({ id }) => id);
    const name = isOnly ? title : `${title} (${model.file})`;
    return { id: model.id, name, labels: [...model.labels], setups, ...(fault !== undefined && { fault }) };
  });
  return Promise.all(describe);
}

async function findFault(look: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await look();
    return undefined;
  } catch (cause) {
    return LightboxError.from(cause).message;
  }
}
