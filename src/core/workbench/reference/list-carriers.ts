import {
  createClassFinder,
  type Catalog,
  type ConceptLayer,
  type ListedSample,
  type SampleFilter,
} from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { readConcept } from './choose-concepts.ts';
import type { ReadDataset } from './read-concepts.ts';
import type { CarrierFilter } from './reference-request.ts';

interface CarrierRequest extends CarrierFilter {
  /** `LAYER:CHANNEL` */
  readonly concept: string;
}

export interface CarrierReport {
  readonly layer: string;
  readonly channel: number;
  /** Samples the filter leaves, copies among them left out. */
  readonly count: number;
  /** The largest share first. */
  readonly samples: readonly CarrierSample[];
}

export interface CarrierSample {
  /** In the catalog. */
  readonly sample: number;
  readonly class: string | null;
  readonly split: string | null;
  /** Of the layer's relevance, signed, -1 to 1. */
  readonly share: number;
  readonly logit: number | null;
  readonly path?: string;
}

const LISTED = 50;

/** The samples on which a concept carries more (or less) than a share of the decision: a query in the catalog alone. */
export function listCarriers(
  catalog: Catalog,
  read: ReadDataset,
  { request, split }: { readonly request: CarrierRequest; readonly split: string | undefined },
): CarrierReport {
  const { layer: name, channel } = readConcept(request.concept, read.network.layers);
  const layer = read.layers.find((one) => one.name === name);
  if (!layer) throw new LightboxError('request/invalid', `The layer "${name}" is not among those chosen; add it.`);
  const filter = writeCarrierFilter(catalog, read, { request, layer, channel, split });
  const limit = request.limit ?? LISTED;
  const { samples } = catalog.samples.page({ ...filter, sort: 'share', descending: true, limit });
  return {
    ...{ layer: name, channel, count: catalog.samples.count(filter) },
    samples: samples.map((sample) => describeCarrier(sample, request.keepNames ?? false)),
  };
}

interface FilterPlan {
  readonly request: CarrierRequest;
  readonly layer: ConceptLayer;
  readonly channel: number;
  readonly split: string | undefined;
}

function writeCarrierFilter(
  catalog: Catalog,
  read: ReadDataset,
  { request: { above, below, label, predicted, tags }, layer, channel, split }: FilterPlan,
): SampleFilter {
  const toShare = (percent: number | undefined): number | undefined =>
    percent === undefined ? undefined : percent / 100;
  return {
    ...{ dataset: read.dataset.id, split, label, tags, duplicates: false },
    concept: { layer: layer.id, channel, shareAbove: toShare(above), shareBelow: toShare(below) },
    prediction: predicted === undefined ? undefined : { ...findPredicted(catalog, read, predicted) },
  };
}

function findPredicted(
  catalog: Catalog,
  { model, labels }: ReadDataset,
  predicted: string,
): { readonly setup: number; readonly predicted: number } {
  const index = createClassFinder(labels)(predicted);
  if (index === undefined) {
    const known = labels.map((label) => `"${label}"`).join(', ');
    throw new LightboxError('target/unknown', `The model has no class "${predicted}"; it has ${known}.`);
  }
  const setup = catalog.setups.list(model.id).findLast(({ kind }) => kind === 'prediction');
  if (setup) return { setup: setup.id, predicted: index };
  throw new LightboxError(
    'request/invalid',
    'The catalog has no predictions of this model; run "lightbox predict" first.',
  );
}

function describeCarrier({ id, label, split, concept, path }: ListedSample, keepNames: boolean): CarrierSample {
  return {
    ...{ sample: id, class: label ?? null, split: split ?? null },
    ...{ share: concept?.share ?? 0, logit: concept?.logit ?? null },
    ...(keepNames && { path }),
  };
}
