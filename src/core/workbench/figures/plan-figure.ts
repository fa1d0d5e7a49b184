import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import { hashFile } from '#core/onnx/index.ts';
import { compositeNames, defaultComposite, isCompositeName } from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { getDataset } from '../collection/find-dataset.ts';
import type { StudyPicture } from '../robustness/study-pictures.ts';
import { choosePictures, drawByClass } from './choose-pictures.ts';
import { figureRecipeSchema, type FigureLookChoice, type FigureRecipe } from './figure-recipe.ts';
import type { AuditFigureRequest, FigureRequest, MapFigureRequest, SampleFigureRequest } from './figure-request.ts';
import { FigureSources } from './figure-sources.ts';

export interface PlannedFigure {
  readonly recipe: FigureRecipe;
  readonly sources: FigureSources;
}

type ReadCatalog = () => ReadonlyCatalog;

/** As the report has it: rows of blur, sharpening and rotation beside the picture as it is. */
const usualVariants = ['blur', 'sharpen', 'rotate'];
const USUAL_CONTROLS = 12;
const USUAL_PER_CLASS = 8;

/** Settles everything a figure depends on. Throws `request/invalid`, `dataset/unknown`, and where a file cannot be read. */
export async function planFigure(request: FigureRequest, readCatalog: ReadCatalog): Promise<PlannedFigure> {
  const sources = new FigureSources();
  const recipe = await settle(request, readCatalog, sources);
  const checked = figureRecipeSchema.safeParse(recipe);
  if (checked.success) return { recipe: checked.data, sources };
  const [issue] = checked.error.issues;
  throw new LightboxError(
    'request/invalid',
    `The figure cannot be made so: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
  );
}

function settle(request: FigureRequest, readCatalog: ReadCatalog, sources: FigureSources): Promise<FigureRecipe> {
  if (request.kind === 'samples') return planSamples(request, readCatalog, sources);
  return request.kind === 'audit' ? planAudit(request, sources) : planMaps(request, readCatalog, sources);
}

const settleLook = (look: Partial<FigureLookChoice> = {}): FigureLookChoice => ({
  ...{ scale: 'map', threshold: 0, show: 'map', casesDown: false, panelsAcross: 1 },
  ...look,
});

async function planMaps(
  request: MapFigureRequest,
  readCatalog: ReadCatalog,
  sources: FigureSources,
): Promise<FigureRecipe> {
  const { kind, seed = 1, variants = usualVariants, layers, shown, provider = 'auto' } = request;
  const isOfDataset = request.dataset !== undefined || request.panels !== undefined;
  return {
    ...{ kind, seed, provider, look: settleLook(request.look) },
    panels: await planPanels(request, readCatalog, sources),
    composites: chooseNames(request),
    target: request.target ?? (isOfDataset ? 'label' : 'predicted'),
    variants: kind === 'augmentations' ? [...variants] : [],
    ...(layers && { layers: [...layers] }),
    ...(shown && { shown }),
  };
}

function chooseNames({ kind, composites }: MapFigureRequest): string[] {
  const names = composites ?? [kind === 'composites' ? 'all' : defaultComposite];
  const all = names.includes('all') ? [...compositeNames] : [...names];
  const odd = all.find((name) => !isCompositeName(name));
  if (odd !== undefined)
    throw new LightboxError(
      'request/invalid',
      `A figure has no composite "${odd}"; there are ${compositeNames.join(', ')} and all.`,
    );
  if (kind === 'concepts' && all.length > 1)
    throw new LightboxError('request/invalid', 'Concepts are shown under one composite at a time; name one.');
  return all;
}

type RecipePanels = { model: string; pictures: { sha256: string; label?: string | undefined }[] }[];

async function planPanels(
  request: MapFigureRequest,
  readCatalog: ReadCatalog,
  sources: FigureSources,
): Promise<RecipePanels> {
  const { modelPaths = [], panels = [], seed = 1, split, perClass } = request;
  if ((modelPaths.length === 0) === (panels.length === 0))
    throw new LightboxError(
      'request/invalid',
      'Name models (--model), or panels of a model and a dataset (--panel); one of these.',
    );
  const planned: RecipePanels = [];
  for (const { modelPath, dataset } of panels) {
    const pictures = choosePictures(readCatalog, { dataset, split, perClass }, seed);
    planned.push(await planPanel(modelPath, pictures, sources));
  }
  const shared = modelPaths.length === 0 ? [] : choosePictures(readCatalog, request, seed);
  for (const modelPath of modelPaths) planned.push(await planPanel(modelPath, shared, sources));
  return planned;
}

async function planPanel(
  modelPath: string,
  pictures: readonly StudyPicture[],
  sources: FigureSources,
): Promise<RecipePanels[number]> {
  const model = await addSource(sources, modelPath);
  const listed = [];
  for (const { path, label } of pictures) {
    listed.push({ sha256: await addSource(sources, path, 'picture'), ...(label !== undefined && { label }) });
  }
  return { model, pictures: listed };
}

async function addSource(sources: FigureSources, file: string, kind?: 'picture'): Promise<string> {
  const sha256 = await hashFile(file).catch((cause: unknown) => {
    if (kind === undefined) throw cause;
    throw new LightboxError('picture/not-found', `There is no picture "${file}"; check the path.`, { cause });
  });
  sources.add(sha256, file);
  return sha256;
}

async function planSamples(
  request: SampleFigureRequest,
  readCatalog: ReadCatalog,
  sources: FigureSources,
): Promise<FigureRecipe> {
  const { dataset: name, split, perClass = USUAL_PER_CLASS, seed = 1, columns, shown } = request;
  const catalog = readCatalog();
  const classes = [];
  for (const { label, count, pictures } of drawByClass(catalog, getDataset(catalog, name), { split, perClass, seed })) {
    const hashes = [];
    for (const { path } of pictures) hashes.push(await addSource(sources, path, 'picture'));
    classes.push({ label, count, pictures: hashes });
  }
  return {
    ...{ kind: 'samples', dataset: name, seed, classes, look: settleLook(request.look) },
    ...(split !== undefined && { split }),
    ...(columns !== undefined && { columns }),
    ...(shown && { shown }),
  };
}

async function planAudit(request: AuditFigureRequest, sources: FigureSources): Promise<FigureRecipe> {
  const { mark, composite = defaultComposite, controls = USUAL_CONTROLS, seed = 1, provider = 'auto', shown } = request;
  return {
    ...{ kind: 'audit', composite, controls, seed, provider, look: settleLook(request.look) },
    model: await addSource(sources, request.modelPath),
    picture: await addSource(sources, request.picture, 'picture'),
    ...(mark && { mark }),
    ...(shown && { shown }),
  };
}
