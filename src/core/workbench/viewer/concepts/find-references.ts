import type { ConceptLayer, Model, ReadonlyCatalog, Sample, WalkedConcept } from '#core/catalog/index.ts';
import { placeBox } from '#core/imaging/index.ts';
import { createComposite, defaultComposite } from '#core/relevance/index.ts';
import type { References, ReferencesRequest } from '#shared/contract/concepts.ts';
import { z } from 'zod';
import { prepareSample } from '../../collection/dataset-batches.ts';
import { zBoxBounds } from '../../zbox-bounds.ts';
import { BestSamples, scoreOf, toPick, type ReferencePick } from '../../reference/best-samples.ts';
import { findReceptiveRegion } from '../../reference/receptive-region.ts';
import { NeuronMaps } from '../../reference/reference-engine.ts';
import { defaultRanking } from '../../reference/reference-request.ts';
import type { Computing } from '../explain/compute-sample.ts';
import { ConceptSpread } from './concept-spread.ts';
import type { ComputingPlace } from '../explain/computing-place.ts';
import { findSubject } from '../explain/explainer.ts';

/** Reference samples shown of a concept. */
const shown = 12;

const relevanceSchema = z.object({ kind: z.literal('relevance') });

interface Finding {
  readonly layer: ConceptLayer;
  readonly read: number;
  readonly picks: readonly ReferencePick[];
  readonly spread: References['spread'];
}

/**
 * The samples of the picture's dataset on which a concept carries most of its layer (RelMax, summed and normalised), with the part of each that its
 * strongest neuron looks at; from readings in the catalog, none where there are none. Throws what computing throws.
 */
export async function findReferences(
  place: ComputingPlace,
  request: ReferencesRequest,
  signal: AbortSignal | undefined,
): Promise<References> {
  const catalog = place.read();
  const { sample, model } = findSubject(catalog, request);
  const found = findBest(catalog, { model, sample }, request);
  if (!found || found.picks.length === 0)
    return { read: found?.read ?? 0, ...(found?.spread && { spread: found.spread }), samples: [] };
  const file = await place.files.get(model);
  const samples = await place.compute({ sample, model, file, signal, purpose: {} }, (computing) =>
    locateAll(computing, found, request.channel),
  );
  return { read: found.read, ...(found.spread && { spread: found.spread }), samples };
}

function findBest(
  catalog: ReadonlyCatalog,
  { model, sample }: { readonly model: Model; readonly sample: Sample },
  { layer: name, channel }: ReferencesRequest,
): Finding | undefined {
  return catalog.snapshot(() => {
    const layer = catalog.setups
      .list(model.id)
      .filter(({ kind, settings }) => kind === 'concept' && relevanceSchema.safeParse(settings).success)
      .flatMap(({ id }) => catalog.concepts.layers.list(id))
      .findLast((one) => one.name === name);
    if (!layer || channel >= layer.channels) return undefined;
    const best = new BestSamples(shown);
    const spread = new ConceptSpread();
    let read = 0;
    const scope = { dataset: sample.datasetId, classes: model.labels };
    catalog.concepts.walk({ layer: layer.id, scope, channel }, (concept: WalkedConcept) => {
      read++;
      // What begins with a negative logit ranks upside down (docs/concepts.md).
      if ((concept.logit ?? 0) < 0) return;
      const score = scoreOf(concept, 0, defaultRanking);
      spread.add(concept.label, score);
      if (best.reaches(score)) best.offer(toPick(concept, 0, score));
    });
    return { layer, read, picks: best.list(), spread: spread.finish() };
  });
}

async function locateAll(
  { engine, catalog, file, signal, onStep }: Computing,
  { layer, picks }: Finding,
  channel: number,
): Promise<References['samples']> {
  onStep('opening the model');
  const composite = createComposite(defaultComposite, zBoxBounds(file.file));
  const maps = await NeuronMaps.open({ engine, control: { signal } }, { file: file.file, composite }, [layer]);
  onStep('computing');
  try {
    const samples: References['samples'] = [];
    for (const { sampleId, position, score } of picks) {
      const sample = catalog.samples.get(sampleId);
      const { id, path, label = '', contentSha256 = '' } = sample;
      const dataset = catalog.datasets.get(sample.datasetId);
      const { input: recipe } = file.file.manifest.manifest;
      const ready = await prepareSample({ dataset, recipe }, { id, path, contentSha256 });
      // A picture that is gone since is passed over.
      if ('error' in ready) continue;
      const { picture, view, input } = ready.prepared;
      const [map] = await maps.compute(input.tensor, [{ layer, channel, position }]);
      if (!map) continue;
      const box = placeBox({ map, region: view.region, box: findReceptiveRegion(map).box }, picture);
      samples.push({ id, label, share: score, width: picture.width, height: picture.height, box });
    }
    return samples;
  } finally {
    await maps.close();
  }
}
