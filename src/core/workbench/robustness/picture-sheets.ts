import type { MapPanel, MapCase } from '#core/figures/index.ts';
import { renderMapPng, renderPlanesPng, variantTitle, type NpyArray, type PngDrawing } from '#core/imaging/index.ts';
import { darkColorMap, getColorMap } from '#shared/color-maps.ts';
import { toFileName } from '../describe-explanation.ts';
import { chooseLook } from '../heatmap-look.ts';
import { computeDifference, findPeak } from './map-difference.ts';
import type { StudiedPicture } from './robustness-record.ts';
import type { StudySource } from './study-model.ts';
import type { StudiedVariant, StudiedVersion, StudyResult } from './study-picture.ts';

export interface ShownStudy {
  /** What the names of the picture's files begin with. */
  readonly stem: string;
  readonly picture: StudiedPicture;
  readonly model: Pick<StudySource, 'meaning' | 'composite'>;
  /** As it is called among the models. */
  readonly name: string;
  readonly study: StudyResult;
}

/** A composite's row of maps. */
export interface MapRow {
  readonly name: string;
  /** In the order of the columns: the unchanged picture, then the variants. */
  readonly maps: MapCase['maps'];
}

/** One model on one picture. */
interface ModelDrawings {
  readonly heading: string;
  readonly cases: readonly Omit<MapCase, 'maps'>[];
  readonly rows: MapRow[];
  /** How the maps laid back differ, drawn with the first composite. */
  readonly difference: MapRow;
}

/** All that is drawn and kept of one picture. */
export interface PictureSheet {
  readonly stem: string;
  readonly picture: StudiedPicture;
  readonly models: ModelDrawings[];
  /** Composites whose maps say what would raise the class, not what speaks for it. */
  readonly gradients: Set<string>;
  /** By file name: maps of all versions, the unchanged one first, as computed, and laid back: [versions, height, width]. */
  readonly arrays: Map<string, NpyArray>;
}

/** Keeps what is drawn of pictures, as small PNGs, until the figures are put together. */
export class PictureSheets {
  readonly #sheets = new Map<string, PictureSheet>();

  async add({ stem, picture, model, name, study }: ShownStudy): Promise<void> {
    const sheet = this.#sheets.get(stem) ?? {
      stem,
      picture,
      models: [],
      gradients: new Set<string>(),
      arrays: new Map<string, NpyArray>(),
    };
    this.#sheets.set(stem, sheet);
    if (model.meaning === 'gradient') sheet.gradients.add(model.composite.name);
    const known = sheet.models.find(({ heading }) => heading === name);
    const drawings = known ?? { heading: name, ...(await drawFirst(study)), rows: [] };
    if (!known) sheet.models.push(drawings);
    drawings.rows.push({ name: model.composite.name, maps: await drawMaps(study) });
    const file = [stem, name, model.composite.name].map(toFileName).join('.');
    sheet.arrays.set(
      `${file}.maps.npy`,
      joinMaps(study, ({ attributed }) => attributed.map),
    );
    sheet.arrays.set(
      `${file}.carried.npy`,
      joinMaps(study, ({ carried }) => carried.values),
    );
  }

  list(): readonly PictureSheet[] {
    return [...this.#sheets.values()];
  }
}

/** The blocks of a picture's figure; how maps differ is shown where there is one composite. */
export function blocksOf({ models }: PictureSheet): readonly MapPanel[] {
  return models.map(({ heading, cases, rows, difference }) => {
    const shown = rows.length === 1 ? [...rows, difference] : rows;
    return {
      ...{ heading, rows: shown.map(({ name }) => name) },
      cases: cases.map((one, at) => ({ ...one, maps: shown.map(({ maps }) => maps[at]) })),
    };
  });
}

async function drawFirst(study: StudyResult): Promise<Pick<ModelDrawings, 'cases' | 'difference'>> {
  const { original, variants, target } = study;
  const cases = await Promise.all(
    variants.map(async ({ variant, version }) => ({
      ...variantTitle(variant),
      ...describeColumn(study, version),
      input: version && (await renderPlanesPng(version.altered.planes)),
    })),
  );
  const input = await renderPlanesPng(original.altered.planes);
  const first = { title: 'Original', note: '', ...describeColumn(study, original), className: target.label, input };
  return { cases: [first, ...cases], difference: await drawDifferences(study) };
}

/** The class explained, its probability, and the class predicted where that changed. */
export function describeColumn(
  { target, predicted }: Pick<StudyResult, 'target' | 'predicted'>,
  version: Pick<StudiedVersion, 'prediction'> | undefined,
): Pick<MapCase, 'className' | 'prediction'> {
  const className = target.label;
  if (!version) return { className, prediction: 'cannot be made' };
  const { classes, index, label } = version.prediction;
  const probability = (classes[target.index]?.probability ?? NaN).toFixed(2);
  return { className, prediction: index === predicted.index ? probability : `${probability} (${label})` };
}

async function drawMaps({ original, variants }: StudyResult): Promise<MapRow['maps']> {
  const drawn = variants.map(async ({ version, record }) =>
    version ? { drawing: await drawMap(version), notes: describeMap(version, record) } : undefined,
  );
  return [{ drawing: await drawMap(original), notes: signNote(original) }, ...(await Promise.all(drawn))];
}

function drawMap({ attributed: { sensed, turned }, altered: { planes } }: StudiedVersion): Promise<PngDrawing> {
  const { overlay } = chooseLook({}, { values: sensed, turned });
  return renderMapPng({ width: planes.width, height: planes.height, values: sensed }, overlay);
}

function describeMap(version: StudiedVersion, { distances }: StudiedVariant['record']): readonly string[] {
  const show = (value: number): string => (Number.isNaN(value) ? '\u2013' : value.toFixed(2));
  const { spearman, ssim, signFlips } = distances;
  return [
    `\u03c1 ${show(spearman.value)}  SSIM ${show(ssim.value)}`,
    `sign flips ${show(signFlips.value)}`,
    ...signNote(version),
  ];
}

const signNote = ({ attributed: { turned, logits, target } }: StudiedVersion): readonly string[] =>
  turned ? [`turned, logit ${(logits[target] ?? NaN).toFixed(1)}`] : [];

async function drawDifferences({ original, variants }: StudyResult): Promise<MapRow> {
  const { width, height } = original.altered.planes;
  const peak = findPeak(original);
  const style = { colorMap: getColorMap(darkColorMap), range: [-peak, peak] as const };
  const drawn = variants.map(async ({ version }) => {
    const values = version && peak > 0 ? computeDifference(original, version) : undefined;
    return values && { drawing: await renderMapPng({ width, height, values }, style), notes: [] };
  });
  return { name: 'Change, laid back', maps: [undefined, ...(await Promise.all(drawn))] };
}

function joinMaps({ original, variants }: StudyResult, read: (version: StudiedVersion) => Float32Array): NpyArray {
  const { width, height } = original.altered.planes;
  const pixels = width * height;
  const versions = [original, ...variants.map(({ version }) => version)];
  const values = new Float32Array(versions.length * pixels).fill(NaN);
  for (const [at, version] of versions.entries()) if (version) values.set(read(version), at * pixels);
  return { shape: [versions.length, height, width], values };
}
