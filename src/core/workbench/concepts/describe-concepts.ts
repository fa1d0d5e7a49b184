import { labelOf } from '#core/imaging/index.ts';
import { toFileName } from '../describe-explanation.ts';
import { readPrediction } from '../prediction.ts';
import { summarizeRelevance } from '../relevance-summary.ts';
import { findRelevanceWarnings } from '../relevance-warnings.ts';
import { readVersions } from '../versions.ts';
import type { ConceptsRecord, ConceptView, LayerConcepts } from './concepts-record.ts';
import type { ComputedConcepts, ConceptContext, LayerPick } from './concept-context.ts';
import { listBudget } from './layer-budget.ts';
import { shareOfAll, sumOf } from './rank-concepts.ts';

export function describeConcepts(context: ConceptContext, computed: ComputedConcepts, stem: string): ConceptsRecord {
  const { request, file, opened, model, composite, rules } = context;
  const { prepared, whole, region, turned } = computed;
  const { manifest, source } = file.manifest;
  const labels = Array.from({ length: opened.network.output.sizes[0] ?? 0 }, (_, index) => labelOf(manifest, index));
  const prediction = readPrediction(whole.logits, labels);
  const index = whole.targets[0] ?? prediction.index;
  const target = prediction.classes[index] ?? { index, label: String(index), logit: NaN, probability: NaN };
  const relevance = summarizeRelevance(whole.relevance);
  const { sha256, format, width, height, depth, channels } = prepared.picture;
  return {
    format: 'relevance-lightbox/concepts/1',
    ...{ created: new Date().toISOString(), versions: readVersions(), model },
    picture: {
      ...{ position: prepared.position + 1, ...(request.keepNames && { name: prepared.name }) },
      ...{ sha256, format, width, height, depth, channels },
    },
    preprocessing: {
      ...{ source, recipe: manifest.input, region: prepared.view.region },
      ...(request.shown && { shown: request.shown }),
    },
    ...{ prediction, target: { ...target, isPredicted: index === prediction.index } },
    ...{ initialRelevance: request.initial ?? 'logit', composite: { ...composite, rules } },
    ...{ mode: request.mode ?? 'through', turned },
    computation: { provider: opened.provider, adapter: opened.adapter, milliseconds: computed.milliseconds },
    region: region && { areaShare: region.areaShare },
    layers: computed.picks.map((pick, i) => describeLayer(context, pick, { maps: computed.maps[i] ?? [], stem })),
    budget: listBudget(whole.concepts, relevance.sum),
    files: {
      sheet: { pdf: `${stem}.pdf`, png: `${stem}.png`, svg: `${stem}.svg` },
      relevance: `${stem}.relevance.npy`,
    },
    warnings: [
      ...prepared.picture.warnings,
      ...prepared.input.warnings,
      ...findRelevanceWarnings({ relevance, layers: [], target, turned }),
    ],
    notes: opened.notes,
  };
}

function describeLayer(
  { opened }: ConceptContext,
  pick: LayerPick,
  { maps, stem }: { readonly maps: readonly Float32Array[]; readonly stem: string },
): LayerConcepts {
  const { layer, reading, ranking, channels: shown, inside } = pick;
  const summary = opened.network.layers.find(({ name }) => name === layer);
  const { type = 'convolution', channels = reading.channels, height, width } = summary ?? {};
  const shares = shareOfAll(reading.sums);
  const concepts = shown.map((channel, i): ConceptView => ({
    ...{ channel, rank: ranking.indexOf(channel) + 1 },
    ...{ relevance: reading.sums[channel] ?? 0, share: shares[channel] ?? 0 },
    ...{ mapSum: sumOf(maps[i] ?? new Float32Array()), inside: inside[i] },
  }));
  const name = `${stem}.${toFileName(layer)}`;
  return {
    ...{ name: layer, type, channels, height, width, concepts, ranking },
    files: {
      ...{ relevance: `${name}.relevance.npy`, maps: `${name}.maps.npy` },
      inside: reading.inside && `${name}.inside.npy`,
    },
  };
}
