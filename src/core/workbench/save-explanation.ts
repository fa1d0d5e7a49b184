import path from 'node:path';
import { saveFile, saveHeatmapPng, saveNpy, saveOverlayPng, type FigureCaption } from '#core/imaging/index.ts';
import {
  describeExplanation,
  nameLayerFile,
  type ComputedPicture,
  type ExplanationContext,
} from './describe-explanation.ts';
import type { ExplanationRecord } from './explanation-record.ts';
import type { RelevanceSense } from './relevance-sense.ts';

/**
 * Saves what was computed for one picture: heatmap, overlay, arrays, and at last the record that names them.
 * Throws `output/not-writable`, or `request/invalid` for a map that cannot be shown.
 */
export async function saveExplanation(
  context: ExplanationContext,
  computed: ComputedPicture,
): Promise<ExplanationRecord> {
  const { record, heatmap: values, sense, chosenLook } = describeExplanation(context, computed);
  const { prepared, attribution, stem } = computed;
  const { channels, height, width } = context.opened.network.input;
  const inFolder = (name: string): string => path.join(context.request.outputFolder, name);
  const heatmap = { width, height, values };
  const caption = createCaption(record, sense);
  await saveHeatmapPng(inFolder(record.files.heatmap), { heatmap, style: chosenLook.heatmap, caption });
  const explained = { picture: prepared.picture, region: prepared.view.region, heatmap };
  await saveOverlayPng(inFolder(record.files.overlay), { ...explained, style: chosenLook.overlay, caption });
  const relevance = { shape: [channels, height, width], values: attribution.relevance };
  await saveNpy(inFolder(record.files.relevance), relevance);
  for (const { layer, kind, dims, values: tapped } of attribution.taps) {
    await saveNpy(inFolder(nameLayerFile(stem, layer, kind)), { shape: dims, values: tapped });
  }
  await saveFile(inFolder(`${stem}.json`), Buffer.from(`${JSON.stringify(record, undefined, 2)}\n`));
  return record;
}

function createCaption(
  { model, prediction, target, composite, picture }: ExplanationRecord,
  sense: RelevanceSense,
): FigureCaption {
  const { label, probability, logit } = target;
  const predicted = prediction.classes[prediction.index];
  return {
    title: model.title ?? model.file,
    target: { label, probability, logit, ...sense, ...(predicted && { predicted }) },
    composite: composite.name,
    ...(picture.name !== undefined && { pictureName: picture.name }),
  };
}
