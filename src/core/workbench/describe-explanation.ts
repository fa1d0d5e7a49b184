import type { Attribution } from '#core/engine/index.ts';
import type { FigureCaption } from '#core/imaging/index.ts';
import type { ExplanationRecord, LayerRecord } from './explanation-record.ts';
import type { PreparedPicture } from './prepare-picture.ts';
import { readPrediction } from './prediction.ts';
import { summarizeRelevance } from './relevance-summary.ts';
import { findRelevanceWarnings } from './relevance-warnings.ts';
import type { ExplanationContext } from './save-explanation.ts';
import { readVersions } from './versions.ts';

/** The files of one explanation, by stem: 1-0a1b2c3d.EpsilonPlusFlat */
export interface ExplanationFiles {
  readonly stem: string;
  readonly files: ExplanationRecord['files'];
}

/** The record of one explanation, but for how its map was drawn. */
export function describeExplanation(
  context: ExplanationContext,
  prepared: PreparedPicture,
  { attribution, stem, files }: ExplanationFiles & { readonly attribution: Attribution },
): Omit<ExplanationRecord, 'view'> {
  const { request, file, model, composite, rules, opened } = context;
  const { manifest, source } = file.manifest;
  const prediction = readPrediction(attribution.logits, manifest.labels);
  const index = attribution.targets[0] ?? prediction.index;
  const target = prediction.classes[index] ?? { index, label: String(index), logit: 0, probability: 0 };
  const initialRelevance = request.initial ?? 'one';
  const relevance = summarizeRelevance(attribution.relevance);
  const found = { prediction, target: index, initial: initialRelevance, relevance };
  return {
    format: 'relevance-lightbox/explanation/1',
    created: new Date().toISOString(),
    versions: readVersions(),
    model,
    picture: describePicture(prepared, request.keepNames ?? false),
    preprocessing: { source, recipe: manifest.input, region: prepared.view.region },
    prediction,
    target: { ...target, isPredicted: index === prediction.index },
    initialRelevance,
    composite: { name: composite.name, rules },
    computation: {
      provider: opened.provider,
      adapter: opened.adapter,
      threads: context.threads,
      batchSize: request.batchSize ?? 1,
    },
    relevance,
    layers: describeLayers(attribution, stem),
    files,
    warnings: [...prepared.picture.warnings, ...prepared.input.warnings, ...findRelevanceWarnings(found)],
    notes: opened.notes,
  };
}

function describePicture(
  { position, name, picture }: PreparedPicture,
  keepName: boolean,
): ExplanationRecord['picture'] {
  const { sha256, format, width, height, depth, channels } = picture;
  return { position: position + 1, ...(keepName ? { name } : {}), sha256, format, width, height, depth, channels };
}

function describeLayers({ taps }: Attribution, stem: string): LayerRecord[] {
  return taps
    .filter(({ kind }) => kind === 'relevance')
    .map(({ layer, dims, values }) => ({
      name: layer,
      dims,
      relevance: { ...summarizeRelevance(values), file: layerFile(stem, layer, 'relevance') },
      activation: { file: layerFile(stem, layer, 'activation') },
    }));
}

export function layerFile(stem: string, layer: string, kind: 'activation' | 'relevance'): string {
  return `${stem}.${fileSafe(layer)}.${kind}.npy`;
}

/** Letters, digits, dots, dashes: what every file system takes. */
export function fileSafe(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '-');
}

/** What stands above the figures. The picture's name only where names are kept. */
export function createCaption(
  { file, model, composite }: ExplanationContext,
  { target, picture }: Omit<ExplanationRecord, 'view'>,
): FigureCaption {
  const { label, probability, logit } = target;
  return {
    title: file.manifest.manifest.title ?? model.file,
    target: { label, probability, logit },
    composite: composite.name,
    ...(picture.name === undefined ? {} : { pictureName: picture.name }),
  };
}
