import { computePlanes, computeModelView, labelOf, preprocess } from '#core/imaging/index.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import { listConceptLayers } from '../concept-layers.ts';
import { computeConcepts, openConceptContext } from '../concepts/compute-concepts.ts';
import { chooseLayers } from '../concepts/choose-layers.ts';
import type { ComputedConcepts, ConceptContext } from '../concepts/concept-context.ts';
import { throwIfCancelled } from '../job.ts';
import { countClasses, type ModelFile } from '../model-file.ts';
import { readModelNetwork } from '../name-rules.ts';
import { readPrediction } from '../prediction.ts';
import { describeColumn } from '../robustness/picture-sheets.ts';
import { spreadEvenly } from '../spread-evenly.ts';
import type { ComputedCase, ComputedMap, ComputedPanel } from './computed-panel.ts';
import type { PanelWork } from './compute-map-panel.ts';
import { titleOfModel } from './title-of-model.ts';
import { findTarget, type ReadPanel } from './read-panel.ts';

/** Layers shown where none are named: a shallow, a middle and a deep one. */
const USUAL_LAYERS = 3;

/** For every picture its map, and what passes the strongest concept of each of some layers, from shallow to deep. */
export async function computeConceptPanel(work: PanelWork, panel: ReadPanel): Promise<ComputedPanel> {
  const { engine, recipe, control, step } = work;
  const layers = recipe.layers ?? usualLayers(panel.file);
  const request = {
    pictures: [],
    outputFolder: '',
    modelPath: panel.file.path,
    layers,
    top: 1,
    provider: recipe.provider,
  };
  const context = await openConceptContext(
    engine,
    { ...request, composite: recipe.composites[0] },
    { control, step: () => undefined },
  );
  try {
    const cases: ComputedCase[] = [];
    for (const read of panel.pictures) {
      throwIfCancelled(control);
      step('concepts');
      cases.push(await computeCase(work, context, read));
    }
    const rows = [`LRP ${context.composite.name}`, ...context.layers.map((layer) => `CRP ${layer}`)];
    return {
      model: context.model,
      heading: titleOfModel(context.model),
      rows,
      cases,
      provider: context.opened.provider,
    };
  } finally {
    await engine.release(context.opened.handle);
  }
}

/** Of the layers that concepts are usually read from, the first left out: its concepts are edges and colors everywhere. */
function usualLayers(file: ModelFile): readonly string[] {
  const { layers } = readModelNetwork(file);
  const usual = chooseLayers(layers, {});
  const candidates = usual.length > USUAL_LAYERS ? usual.slice(1) : usual;
  return spreadEvenly(
    candidates.length > 0 ? candidates : listConceptLayers(layers).map(({ name }) => name),
    USUAL_LAYERS,
  );
}

async function computeCase(
  { recipe }: PanelWork,
  context: ConceptContext,
  { picture, label }: ReadPanel['pictures'][number],
): Promise<ComputedCase> {
  const { manifest } = context.file.manifest;
  const { input: inputRecipe } = manifest;
  const labels = Array.from({ length: countClasses(context.opened.network) }, (_, at) => labelOf(manifest, at));
  const target = findTarget(recipe.target, label, labels);
  const prepared = {
    ...{ path: '', name: '', position: 0, picture },
    ...{ input: preprocess(picture, inputRecipe), view: computeModelView(picture, inputRecipe) },
  };
  const computed = await computeConcepts({ ...context, target }, prepared);
  const prediction = readPrediction(computed.whole.logits, labels);
  const index = computed.whole.targets[0] ?? prediction.index;
  const explained = prediction.classes[index] ?? { index, label: String(index), logit: NaN, probability: NaN };
  return {
    ...{ title: '', note: '', picture: picture.sha256, target: explained, predicted: prediction },
    ...describeColumn({ target: explained, predicted: explained }, { prediction }),
    planes: computePlanes(picture, inputRecipe),
    maps: mapsOf(context, computed),
  };
}

function mapsOf(
  { opened, meaning }: ConceptContext,
  { whole, picks, maps, turned }: ComputedConcepts,
): readonly ComputedMap[] {
  const { channels } = opened.network.input;
  const isGradient = meaning === 'gradient';
  const read = (relevance: Float32Array): Float32Array => {
    const summed = sumOverColor(relevance, channels);
    return turned ? summed.map((value) => -value) : summed;
  };
  const concepts = picks.map(({ channels: [channel = 0], reading }, at): ComputedMap => {
    const all = reading.sums.reduce((sum, value) => sum + Math.abs(value), 0);
    const share = all === 0 ? 0 : Math.abs(reading.sums[channel] ?? 0) / all;
    const values = read(maps[at]?.[0] ?? new Float32Array(whole.relevance.length));
    return { values, turned, isGradient, concept: { channel, share } };
  });
  return [{ values: read(whole.relevance), turned, isGradient }, ...concepts];
}
