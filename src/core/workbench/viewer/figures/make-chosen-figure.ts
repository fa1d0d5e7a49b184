import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import { writeFigure } from '#core/figures/index.ts';
import type { FigureChoice, FigureFormat, MadeFigure } from '#shared/contract/figures.ts';
import type { FigureRequest } from '../../figures/figure-request.ts';
import { makeFigure } from '../../figures/make-figure.ts';
import { planFigure } from '../../figures/plan-figure.ts';
import { lightboxVersion } from '../../versions.ts';
import { findPlace } from '../explain/model-files.ts';
import type { ViewerPlace } from '../viewer-place.ts';
import type { PassingFigures } from './passing-figures.ts';

interface Chosen {
  readonly choice: FigureChoice;
  readonly format: FigureFormat;
}

/** Makes the figure that was chosen, and keeps its file for as long as it is looked at. Throws what `planFigure` and explaining throw. */
export async function makeChosenFigure(
  { engine, read }: Pick<ViewerPlace, 'engine' | 'read'>,
  figures: PassingFigures,
  { choice, format, signal }: Chosen & { readonly signal?: AbortSignal | undefined },
): Promise<MadeFigure> {
  const start = performance.now();
  const request = await readChoice(read(), choice);
  const { recipe, sources } = await planFigure(request, read);
  const facts = { version: lightboxVersion, created: new Date().toISOString() };
  const figure = await makeFigure(recipe, { engine, sources, control: { signal }, ...facts });
  const bytes = await writeFigure(`figure.${format}`, figure);
  return { sha256: figures.put(bytes), bytes: bytes.length, seconds: (performance.now() - start) / 1000 };
}

async function readChoice(catalog: ReadonlyCatalog, choice: FigureChoice): Promise<FigureRequest> {
  const { kind, split, perClass, seed, samples, composites, target, models, dataset: id, ...chosen } = choice;
  const dataset = catalog.datasets.get(id).name;
  const { widthMm, ...rest } = chosen;
  const look = { ...rest, ...(widthMm !== undefined && { widthMm }) };
  const shared = { seed, look, outputFile: '' };
  if (kind === 'samples') return { kind, dataset, split, perClass, ...shared };
  const modelPaths = [];
  for (const model of models) modelPaths.push(await findPlace(catalog.models.get(model)));
  const isChosen = samples !== undefined && samples.length > 0;
  const pictures = isChosen ? { samples } : { dataset, split, perClass };
  return { kind, ...pictures, modelPaths, composites, target: target ?? 'label', ...shared };
}
