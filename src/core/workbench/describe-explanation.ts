import type { Attribution, OpenedModel } from '#core/engine/index.ts';
import { labelOf } from '#core/imaging/index.ts';
import type { Composite, SignMeaning } from '#core/relevance/index.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import type { ExplainRequest } from './explain-request.ts';
import type { ExplanationRecord, LayerRecord, PictureRecord } from './explanation-record.ts';
import { chooseLook, type ChosenLook } from './heatmap-look.ts';
import type { ModelFile, ModelRecord } from './model-file.ts';
import { readPrediction, type Prediction } from './prediction.ts';
import type { PreparedPicture } from './prepare-picture.ts';
import { senseRelevance, type RelevanceSense } from './relevance-sense.ts';
import { summarizeRelevance } from './relevance-summary.ts';
import { findRelevanceWarnings } from './relevance-warnings.ts';
import { readVersions } from './versions.ts';

/** What the results of one composite have in common. */
export interface ExplanationContext {
  readonly request: ExplainRequest;
  readonly file: ModelFile;
  readonly model: ModelRecord;
  readonly composite: Composite;
  /** The rule of each layer in words. */
  readonly rules: Readonly<Record<string, string>>;
  /** What relevance above zero says, as the composite shares it. */
  readonly meaning: SignMeaning;
  readonly opened: OpenedModel;
}

/** One picture, what the engine computed for it, and what its files are called. */
export interface ComputedPicture {
  readonly prepared: PreparedPicture;
  /** Of this picture alone. */
  readonly attribution: Attribution;
  /** What the names of all its files begin with. */
  readonly stem: string;
}

/** An explanation ready to be saved. */
export interface Explanation {
  readonly record: ExplanationRecord;
  /** Relevance summed over color as the figures show it, its sign turned where need be: [height, width]. */
  readonly heatmap: Float32Array;
  readonly sense: RelevanceSense;
  readonly chosenLook: ChosenLook;
}

/** Throws `request/invalid` for a map that cannot be shown. */
export function describeExplanation(context: ExplanationContext, computed: ComputedPicture): Explanation {
  const { request, file, opened, composite, rules, model } = context;
  const { prepared, attribution, stem } = computed;
  const prediction = predict(context, attribution);
  const target = findTarget(prediction, attribution);
  const layers = describeLayers(request.layers ?? [], attribution, stem);
  const initialRelevance = request.initial ?? 'one';
  const sense = senseRelevance({ meaning: context.meaning, initialRelevance, logit: target.logit });
  const summed = sumOverColor(attribution.relevance, opened.network.input.channels);
  const heatmap = sense.turned ? summed.map((value) => -value) : summed;
  const chosenLook = chooseLook(request, { values: heatmap, turned: sense.turned });
  const relevance = summarizeRelevance(attribution.relevance);
  const record: ExplanationRecord = {
    format: 'relevance-lightbox/explanation/1',
    ...{ created: new Date().toISOString(), versions: readVersions(), model },
    picture: describePicture(prepared, request.keepNames ?? false),
    preprocessing: {
      ...{ source: file.manifest.source, recipe: file.manifest.manifest.input, region: prepared.view.region },
      ...(request.shown && { shown: request.shown }),
    },
    ...{ prediction, target, initialRelevance, composite: { ...composite, rules } },
    computation: {
      ...{ provider: opened.provider, adapter: opened.adapter },
      ...{ batchSize: request.batchSize ?? 1, milliseconds: attribution.milliseconds },
    },
    ...{ relevance, layers, look: chosenLook.look },
    files: { heatmap: `${stem}.heatmap.png`, overlay: `${stem}.overlay.png`, relevance: `${stem}.relevance.npy` },
    warnings: [
      ...describeManifestGap(file),
      ...prepared.picture.warnings,
      ...prepared.input.warnings,
      ...findRelevanceWarnings({ relevance, layers, target, turned: sense.turned }),
    ],
    notes: opened.notes,
  };
  return { record, heatmap, sense, chosenLook };
}

/** The file of a layer's activation or relevance: [channels, height, width]. */
export function nameLayerFile(stem: string, layer: string, kind: 'activation' | 'relevance'): string {
  return `${stem}.${toFileName(layer)}.${kind}.npy`;
}

/** Names out of models and files, as they can stand in a file name on every system. */
export function toFileName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '_');
}

function predict({ file, opened }: ExplanationContext, { logits }: Attribution): Prediction {
  const labels = Array.from({ length: opened.network.output.sizes[0] ?? 0 }, (_, index) =>
    labelOf(file.manifest.manifest, index),
  );
  return readPrediction(logits, labels);
}

function findTarget({ classes, index: predicted }: Prediction, { targets }: Attribution): ExplanationRecord['target'] {
  const index = targets[0] ?? predicted;
  const target = classes[index] ?? { index, label: String(index), logit: Number.NaN, probability: Number.NaN };
  return { ...target, isPredicted: index === predicted };
}

function describePicture({ picture, position, name }: PreparedPicture, keepName: boolean): PictureRecord {
  const { sha256, format, width, height, depth, channels } = picture;
  return { position: position + 1, ...(keepName && { name }), sha256, format, width, height, depth, channels };
}

function describeLayers(names: readonly string[], { taps }: Attribution, stem: string): readonly LayerRecord[] {
  return names.map((name) => {
    const relevance = taps.find((tap) => tap.layer === name && tap.kind === 'relevance');
    return {
      ...{ name, dims: relevance?.dims ?? [] },
      relevance: {
        file: nameLayerFile(stem, name, 'relevance'),
        ...summarizeRelevance(relevance?.values ?? new Float32Array()),
      },
      activation: { file: nameLayerFile(stem, name, 'activation') },
    };
  });
}

function describeManifestGap({ manifest: { source, path: manifestPath } }: ModelFile): readonly string[] {
  if (source === 'file') return [];
  return [
    `There is no manifest ${baseName(manifestPath)}: pictures are prepared as torchvision does, and classes have no names.`,
  ];
}

function baseName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}
