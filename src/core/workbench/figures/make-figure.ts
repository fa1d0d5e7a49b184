import { createProgress, type JobControl } from '../job.ts';
import type { Engine } from '#core/engine/index.ts';
import { renderMapSheet, renderSampleSheet, type Figure } from '#core/figures/index.ts';
import { decodePicture } from '#core/imaging/index.ts';
import { drawMarkTest } from '../audit/draw-mark-test.ts';
import { testPictureMark } from '../audit/test-picture-mark.ts';
import { readVersions } from '../versions.ts';
import { computeConceptPanel } from './compute-concept-panel.ts';
import { computeMapPanel } from './compute-map-panel.ts';
import type { ComputedPanel } from './computed-panel.ts';
import { describeModels, describeReading, listNumbers, titleOf } from './describe-figure.ts';
import { drawPanels } from './draw-panels.ts';
import type { AuditRecipe, FigureRecipe, MapsRecipe, SamplesRecipe } from './figure-recipe.ts';
import type { FigureSources } from './figure-sources.ts';
import { readPanel } from './read-panel.ts';

export interface FigureWork {
  readonly engine: Engine;
  readonly sources: FigureSources;
  readonly control: JobControl;
  /** By which version, and when the figure was made: ISO 8601. */
  readonly version: string;
  readonly created: string;
}

/** A figure from its recipe alone: the same recipe, models and pictures give the same figure. Throws what explaining throws. */
export function makeFigure(recipe: FigureRecipe, work: FigureWork): Promise<Figure> {
  if (recipe.kind === 'samples') return makeSampleFigure(recipe, work);
  return recipe.kind === 'audit' ? makeAuditFigure(recipe, work) : makeMapFigure(recipe, work);
}

async function makeMapFigure(recipe: MapsRecipe, work: FigureWork): Promise<Figure> {
  const panels = await computePanels(recipe, work);
  const { look } = recipe;
  const { bar, scale, panels: drawn } = await drawPanels(panels, look);
  return renderMapSheet({
    ...{ title: titleOf(recipe), panels: drawn, bar, theme: look.theme, widthMm: look.widthMm },
    ...{ casesDown: look.casesDown, panelsAcross: look.panelsAcross },
    titleName: recipe.kind === 'augmentations' ? 'Augmentation' : 'Case',
    legend: describeReading(recipe, panels, scale),
    origin: {
      ...{ recipe, numbers: listNumbers(panels, scale, look) },
      computed: {
        versions: readVersions(),
        providers: panels.map(({ provider }) => provider),
        models: panels.map(({ model }) => model),
      },
    },
    provenance: {
      ...describeModels(panels.map(({ model }) => model)),
      samples: new Set(recipe.panels.flatMap(({ pictures }) => pictures.map(({ sha256 }) => sha256))).size,
      selection:
        recipe.composites.length === 1 ? (recipe.composites[0] ?? '') : `${recipe.composites.length} composites`,
      ...{ version: work.version, created: work.created },
    },
  });
}

async function computePanels(
  recipe: MapsRecipe,
  { engine, sources, control }: FigureWork,
): Promise<readonly ComputedPanel[]> {
  const read = [];
  for (const panel of recipe.panels) read.push(await readPanel(panel, recipe, sources));
  const passes = read.reduce((sum, { pictures }) => sum + pictures.length, 0) * recipe.composites.length;
  const compute = recipe.kind === 'concepts' ? computeConceptPanel : computeMapPanel;
  const panelWork = { engine, recipe, control, step: createProgress(passes, control) };
  const panels: ComputedPanel[] = [];
  for (const panel of read) panels.push(await compute(panelWork, panel));
  return panels;
}

async function makeSampleFigure(recipe: SamplesRecipe, { sources, version, created }: FigureWork): Promise<Figure> {
  const { dataset, split, seed, look, columns } = recipe;
  const classes = [];
  for (const { label, count, pictures } of recipe.classes) {
    const samples = [];
    for (const sha256 of pictures)
      samples.push({ picture: await decodePicture(sources.get('picture', sha256), recipe.shown ?? {}) });
    classes.push({ label, count, samples });
  }
  const numbers = {
    classes: recipe.classes.map(({ label, count, pictures }) => ({ label, count, shown: pictures.length })),
  };
  return renderSampleSheet({
    ...{ classes, columns, theme: look.theme, widthMm: look.widthMm },
    title: look.title ?? `${dataset}${split === undefined ? '' : `, ${split}`}`,
    origin: { recipe, numbers, computed: { versions: readVersions() } },
    provenance: {
      ...{ dataset, ...(split !== undefined && { split }) },
      samples: recipe.classes.reduce((sum, { count }) => sum + count, 0),
      ...{ selection: `drawn at random, seed ${seed}`, version, created },
    },
  });
}

async function makeAuditFigure(
  recipe: AuditRecipe,
  { engine, sources, control, version, created }: FigureWork,
): Promise<Figure> {
  const { look, mark, composite, controls, seed, provider, shown } = recipe;
  const request = {
    ...{ picture: sources.get('picture', recipe.picture), modelPath: sources.get('model', recipe.model) },
    ...{ mark, composite, controls, seed, provider, shown },
  };
  const tested = await testPictureMark(engine, request, control);
  const { model, report } = tested;
  const { mark: drawn, ...numbers } = report;
  const computed = {
    versions: readVersions(),
    providers: [model.explainer.provider],
    models: [model.record],
    mark: drawn,
  };
  const { title, theme, widthMm } = look;
  return drawMarkTest(tested, {
    ...(title !== undefined && { title }),
    theme,
    widthMm,
    version,
    created,
    origin: { recipe, numbers, computed },
  });
}
