import path from 'node:path';
import type { Attribution, OpenedModel } from '#core/engine/index.ts';
import { saveFile, saveHeatmapPng, saveNpy, saveOverlayPng } from '#core/imaging/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import { createCaption, describeExplanation, fileSafe, layerFile } from './describe-explanation.ts';
import type { ExplainRequest } from './explain-request.ts';
import type { ExplanationRecord } from './explanation-record.ts';
import { chooseLook } from './heatmap-look.ts';
import type { ModelFile, ModelRecord } from './model-record.ts';
import type { NamedPicture } from './output-names.ts';
import type { PreparedPicture } from './prepare-picture.ts';

/** What the results of one composite have in common. */
export interface ExplanationContext {
  readonly request: ExplainRequest;
  readonly file: ModelFile;
  readonly model: ModelRecord;
  readonly composite: Composite;
  /** The rule of each layer in words. */
  readonly rules: Readonly<Record<string, string>>;
  readonly opened: OpenedModel;
  /** Threads asked for; undefined leaves the choice to the engine. */
  readonly threads: number | undefined;
  readonly nameOutput: (picture: NamedPicture) => string;
}

/**
 * Saves what was computed for one picture: heatmap, overlay, arrays, and at last the record that names them.
 * Throws `output/not-writable`.
 */
export async function saveExplanation(
  context: ExplanationContext,
  prepared: PreparedPicture,
  attribution: Attribution,
): Promise<ExplanationRecord> {
  const stem = `${context.nameOutput({ ...prepared, sha256: prepared.picture.sha256 })}.${fileSafe(context.composite.name)}`;
  const { channels, height, width } = context.opened.network.input;
  const files = { heatmap: `${stem}.heatmap.png`, overlay: `${stem}.overlay.png`, relevance: `${stem}.relevance.npy` };
  const inFolder = (name: string): string => path.join(context.request.outputFolder, name);
  const heatmap = { width, height, values: sumOverColor(attribution.relevance, channels) };
  const record = describeExplanation(context, prepared, { attribution, files, stem });
  const look = chooseLook(heatmap.values, context.request);
  const caption = createCaption(context, record);
  await saveHeatmapPng(inFolder(files.heatmap), { heatmap, style: look.heatmap, caption });
  const { picture, view } = prepared;
  await saveOverlayPng(inFolder(files.overlay), {
    picture,
    region: view.region,
    heatmap,
    style: look.overlay,
    caption,
  });
  await saveNpy(inFolder(files.relevance), { shape: [channels, height, width], values: attribution.relevance });
  for (const { layer, kind, dims, values } of attribution.taps) {
    await saveNpy(inFolder(layerFile(stem, layer, kind)), { shape: dims, values });
  }
  const complete = { ...record, view: look.record };
  await saveFile(inFolder(`${stem}.json`), Buffer.from(`${JSON.stringify(complete, undefined, 2)}\n`));
  return complete;
}
