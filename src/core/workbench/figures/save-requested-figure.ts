import path from 'node:path';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { saveFigure } from '#core/figures/index.ts';
import type { JobControl } from '../job.ts';
import { lightboxVersion } from '../versions.ts';
import { makeFolder } from '../make-folder.ts';
import type { FigureRequest } from './figure-request.ts';
import { makeFigure } from './make-figure.ts';
import { planFigure } from './plan-figure.ts';

export interface FigureReport {
  readonly file: string;
  readonly kind: FigureRequest['kind'];
  readonly widthMm: number | undefined;
  /** Of the figure; of a PNG times its scale. */
  readonly pixels: readonly [number, number];
  readonly seconds: number;
}

export interface FigurePlace {
  readonly engine: Engine;
  readonly readCatalog: () => ReadonlyCatalog;
}

/** Makes a figure and saves it in the format its name ends in, whole or not at all. */
export async function saveRequestedFigure(
  { engine, readCatalog }: FigurePlace,
  request: FigureRequest,
  control: JobControl,
): Promise<FigureReport> {
  const start = performance.now();
  const { recipe, sources } = await planFigure(request, readCatalog);
  const figure = await makeFigure(recipe, {
    engine,
    sources,
    control,
    version: lightboxVersion,
    created: new Date().toISOString(),
  });
  await makeFolder(path.dirname(path.resolve(request.outputFile)));
  await saveFigure(request.outputFile, figure);
  const { width, height, widthMm } = figure;
  const seconds = (performance.now() - start) / 1000;
  return {
    file: request.outputFile,
    kind: request.kind,
    widthMm,
    pixels: [Math.round(width), Math.round(height)],
    seconds,
  };
}
