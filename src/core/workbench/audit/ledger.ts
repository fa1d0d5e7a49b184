import type { Attribution, Catalog, Dataset, ListedSample } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import type { InputRecipe } from '#core/imaging/index.ts';
import { defaultComposite, signMeaning, type SignMeaning } from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { definedOf } from '#shared/measurement.ts';
import { attributeDataset, type AttributionReport } from '../collection/attribute-dataset.ts';
import { getDataset } from '../collection/find-dataset.ts';
import { listSamples } from '../collection/list-samples.ts';
import { predictDataset, type DatasetPredictions } from '../collection/predict-dataset.ts';
import { chooseComposites } from '../choose-composites.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import { loadModelFile } from '../model-file.ts';
import { readModelNetwork } from '../name-rules.ts';
import { senseRelevance } from '../relevance-sense.ts';
import { zBoxBounds } from '../zbox-bounds.ts';
import { bookMap } from './book-map.ts';
import { groupRows, queueWorst, type BookedRow } from './ledger-groups.ts';
import type { Ledger, LedgerRequest, LedgerRow } from './ledger-request.ts';

interface Booking {
  readonly catalog: Catalog;
  readonly dataset: Dataset;
  readonly request: LedgerRequest;
  readonly control: JobControl;
  readonly recipe: InputRecipe;
  readonly predictions: DatasetPredictions;
  readonly attributed: AttributionReport;
  readonly meaning: SignMeaning;
}

/**
 * The relevance ledger: every map of a dataset booked into the regions of its picture. Predictions and maps that are missing are computed first.
 * Throws what predicting and attributing throw, and `request/invalid` for several composites or a region no picture has.
 */
export async function writeLedger(
  place: { readonly engine: Engine; readonly catalog: Catalog },
  request: LedgerRequest,
  control: JobControl,
): Promise<Ledger> {
  const file = await loadModelFile(request.modelPath);
  const chosen = await chooseComposites(request.composite ?? defaultComposite, zBoxBounds(file));
  const [composite, ...others] = chosen;
  if (!composite || others.length > 0)
    throw new LightboxError('request/invalid', 'A ledger is of one composite; name one, not all.');
  const predictions = await predictDataset(place, { ...request, batchSize: undefined }, control);
  const [attributed] = await attributeDataset(place, request, control);
  if (!attributed) throw new LightboxError('internal', 'Nothing was attributed.');
  const booking: Booking = {
    ...{ catalog: place.catalog, request, control, predictions, attributed },
    dataset: getDataset(place.catalog, request.dataset),
    recipe: file.manifest.manifest.input,
    meaning: signMeaning(readModelNetwork(file), composite),
  };
  return describeLedger(booking, await bookAll(booking));
}

async function bookAll(
  booking: Booking,
): Promise<{ readonly booked: readonly BookedRow[]; readonly warnings: readonly string[] }> {
  const { catalog, dataset, request, control } = booking;
  const samples = listSamples(catalog, { dataset: dataset.id, split: request.split, duplicates: false });
  const booked: BookedRow[] = [];
  let unreadMasks = 0;
  for (const [index, sample] of samples.entries()) {
    throwIfCancelled(control);
    control.onProgress?.({ done: index, total: samples.length, label: `${dataset.name}: ledger` });
    const { rows, failures } = await bookSample(booking, sample);
    unreadMasks += failures;
    booked.push(...rows.map((row) => ({ row, patient: sample.patientHash })));
  }
  const sentence = `${unreadMasks} masks could not be read and are left out; import the folder again.`;
  return { booked, warnings: unreadMasks === 0 ? [] : [sentence] };
}

async function bookSample(
  booking: Booking,
  sample: ListedSample,
): Promise<{ readonly rows: readonly LedgerRow[]; readonly failures: number }> {
  const { catalog, attributed, request } = booking;
  const attribution = catalog.attributions.find(attributed.setup, sample.id);
  if (!attribution) return { rows: [], failures: 0 };
  const described = describeCase(booking, sample, attribution);
  const { booked, unreadMasks } = await bookMap(booking, sample, { attribution, isTurned: described.isTurned });
  const wanted = booked.filter(({ region }) => request.regions?.includes(region) ?? true);
  const rows = wanted.map((measures): LedgerRow => {
    const share = definedOf(measures.positiveShare);
    return { ...described, ...measures, excess: share === undefined ? share : share - measures.areaShare };
  });
  return { rows, failures: unreadMasks };
}

type CaseFacts = Pick<LedgerRow, 'picture' | 'path' | 'label' | 'predicted' | 'target' | 'targetLogit' | 'isTurned'>;

function describeCase(
  { catalog, predictions, meaning, request }: Booking,
  sample: ListedSample,
  { target }: Attribution,
): CaseFacts {
  const prediction = catalog.predictions.find(predictions.setup.id, sample.id);
  const logit = prediction?.logits[target] ?? 0;
  return {
    picture: sample.contentSha256 ?? '',
    ...(request.keepNames === true && { path: sample.path }),
    label: sample.label,
    predicted: predictions.labels[prediction?.predicted ?? -1] ?? '',
    target: predictions.labels[target] ?? '',
    targetLogit: logit,
    isTurned: senseRelevance({ meaning, initialRelevance: 'one', logit }).turned,
  };
}

function describeLedger(
  { request, predictions, attributed }: Booking,
  { booked, warnings }: { readonly booked: readonly BookedRow[]; readonly warnings: readonly string[] },
): Ledger {
  const rows = booked.map(({ row }) => row);
  checkRegions(request, rows);
  return {
    ...{ dataset: attributed.dataset, split: request.split ?? null, model: attributed.model },
    ...{ composite: attributed.composite, target: request.target ?? 'predicted' },
    pictures: new Set(rows.map(({ picture }) => picture)).size,
    ...{ queue: queueWorst(rows), groups: groupRows(booked, request.bootstrap ?? {}), rows },
    warnings: [...new Set([...predictions.report.warnings, ...attributed.warnings, ...warnings])],
    failures: attributed.failures,
  };
}

function checkRegions({ regions = [], dataset }: LedgerRequest, rows: readonly LedgerRow[]): void {
  const missing = regions.find((name) => !rows.some(({ region }) => region === name));
  if (missing === undefined) return;
  const sentence = `No picture of the dataset "${dataset}" has the region "${missing}"; leave --region out to see which there are.`;
  throw new LightboxError('request/invalid', sentence);
}
