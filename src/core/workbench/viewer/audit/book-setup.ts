import type { Catalog, Dataset, Prediction, Sample, Setup } from '#core/catalog/index.ts';
import type { InputRecipe } from '#core/imaging/index.ts';
import { bookMap, toBooking } from '../../audit/book-map.ts';
import { predictDataset } from '../../collection/predict-dataset.ts';
import { throwIfCancelled, type JobControl } from '../../job.ts';
import { findPrediction } from '../explain/find-attribution.ts';
import { findModelPath } from '../find-model-path.ts';
import type { JobPlace } from '../jobs/job-place.ts';
import { attributionSettingsSchema, findTurned, meanings } from '../sample-view.ts';

/** Books the maps of a setup that are not booked, in one dataset; what they mean is told by predictions, so those that are missing are computed first. */
export async function bookSetup(
  place: JobPlace,
  request: { readonly setup: number; readonly dataset: number },
  control: JobControl,
): Promise<string> {
  const { catalog } = place;
  const setup = catalog.setups.get(request.setup);
  const dataset = catalog.datasets.get(request.dataset);
  const samples = catalog.bookings
    .listUnbooked(setup.id)
    .map((id) => catalog.samples.get(id))
    .filter(({ datasetId }) => datasetId === dataset.id);
  await predictMissing(place, { setup, dataset, samples }, control);
  let unreadMasks = 0;
  for (const [index, sample] of samples.entries()) {
    await control.pause?.wait(control.signal);
    throwIfCancelled(control);
    control.onProgress?.({ done: index, total: samples.length, label: `${dataset.name}: ledger` });
    unreadMasks += await bookSample(catalog, { setup, dataset }, sample);
  }
  const unread = unreadMasks === 0 ? '' : ` ${unreadMasks} masks could not be read and are left out.`;
  return `${samples.length} heatmaps booked.${unread}`;
}

interface Booked {
  readonly setup: Setup;
  readonly dataset: Dataset;
}

async function predictMissing(
  place: JobPlace,
  { setup, dataset, samples }: Booked & { readonly samples: readonly Sample[] },
  control: JobControl,
): Promise<void> {
  const { catalog } = place;
  const model = catalog.models.get(setup.model);
  const missing = samples.filter(
    ({ id }) => senseOf(catalog, setup, { id, prediction: findPrediction(catalog, model, id) }) === undefined,
  );
  if (missing.length === 0) return;
  const ids = missing.map(({ id }) => id);
  const modelPath = findModelPath(catalog, setup.model);
  await predictDataset(place, { dataset: dataset.name, modelPath, samples: ids, provider: 'auto' }, control);
}

/** Whether a map must be turned; undefined where that needs a prediction there is none of, or there is no map. */
function senseOf(
  catalog: Catalog,
  setup: Setup,
  { id, prediction }: { readonly id: number; readonly prediction: Prediction | undefined },
): boolean | undefined {
  const attribution = catalog.attributions.find(setup.id, id);
  const { composite, initial } = attributionSettingsSchema.parse(setup.settings);
  const sense = { meaning: meanings[composite.name] ?? 'evidence-of-logit', initialRelevance: initial } as const;
  return attribution && findTurned(sense, prediction?.logits[attribution.target]);
}

async function bookSample(catalog: Catalog, { setup, dataset }: Booked, sample: Sample): Promise<number> {
  const attribution = catalog.attributions.find(setup.id, sample.id);
  if (!attribution) return 0;
  const prediction = findPrediction(catalog, catalog.models.get(setup.model), sample.id);
  const isTurned = senseOf(catalog, setup, { id: sample.id, prediction }) ?? false;
  const recipe: InputRecipe = attributionSettingsSchema.parse(setup.settings).input;
  const { booked, unreadMasks } = await bookMap({ catalog, dataset, recipe }, sample, { attribution, isTurned });
  catalog.bookings.put({ setup: setup.id, sample: sample.id }, booked.map(toBooking));
  return unreadMasks;
}
