import path from 'node:path';
import { renderReferenceSheet, saveFigure } from '#core/figures/index.ts';
import { saveHeatmapPng, saveNpy } from '#core/imaging/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { getColorMap, positiveColorMap } from '#shared/color-maps.ts';
import { toFileName } from '../describe-explanation.ts';
import type { JobControl } from '../job.ts';
import { makeFolder } from '../make-folder.ts';
import { computeConceptPage, type ConceptPage } from './concept-page.ts';
import type { PageReport } from './describe-reference.ts';
import type { RankedConcept, RankedDataset } from './ranked-dataset.ts';
import type { ReferenceModel } from './reference-engine.ts';
import { composeReferenceSheet, SAMPLES_SHOWN, type SheetConcept, type SheetPlan } from './reference-figures.ts';
import { drawReferencePictures, type ShownConcept } from './reference-pictures.ts';
import type { ReferenceRequest } from './reference-request.ts';

export interface SaveJob {
  readonly ranked: RankedDataset;
  readonly request: ReferenceRequest;
  readonly control: JobControl;
}

export interface SavedReferences {
  readonly files: readonly string[];
  /** Of a concept that was asked for by name. */
  readonly pageOf: (concept: RankedConcept) => PageReport | undefined;
}

interface Saving extends SaveJob {
  readonly engine: Engine;
  readonly model: ReferenceModel;
  /** '' where nothing is saved. */
  readonly folder: string;
  readonly files: string[];
}

/** Computes the pages of concepts asked for by name; where a folder is named, saves their maps, and a sheet for each layer. */
export async function saveReferences(engine: Engine, job: SaveJob): Promise<SavedReferences> {
  const { ranked, request } = job;
  const { outputFolder: folder = '' } = request;
  const model = { file: ranked.read.file, composite: ranked.composite, provider: request.provider };
  const saving: Saving = { ...job, engine, model, folder, files: [] };
  if (folder !== '') await makeFolder(folder);
  const pages = new Map<RankedConcept, ConceptPage>();
  if ((request.concepts ?? []).length > 0)
    for (const concept of ranked.concepts) pages.set(concept, await computePage(saving, concept));
  const maps = new Map<RankedConcept, string>();
  if (folder !== '') {
    for (const [concept, page] of pages) maps.set(concept, await saveMeanMap(saving, concept, page));
    await saveSheets(saving, pages);
  }
  return {
    files: saving.files,
    pageOf: (concept) => {
      const page = pages.get(concept);
      return page && { samples: page.samples, meanMap: maps.get(concept) ?? null, feeds: page.feeds };
    },
  };
}

function computePage({ engine, model, ranked, control }: Saving, concept: RankedConcept): Promise<ConceptPage> {
  const { layer, statistics } = concept;
  const { read, ranking, isInverted } = ranked;
  const picks = statistics.best.filter(({ logit }) => !isInverted(logit));
  const request = { layer, channel: statistics.channel, by: ranking.by, picks };
  return computeConceptPage({ engine, model, read }, request, control);
}

async function saveMeanMap(
  { folder, files }: Saving,
  { layer, statistics }: RankedConcept,
  { meanMap }: ConceptPage,
): Promise<string> {
  const name = `mean-map.${toFileName(layer.name)}.${statistics.channel}`;
  const { width, height, values } = meanMap;
  await saveNpy(path.join(folder, `${name}.npy`), { shape: [height, width], values });
  const style = { colorMap: getColorMap(positiveColorMap), range: 'from-zero' } as const;
  await saveHeatmapPng(path.join(folder, `${name}.png`), { heatmap: meanMap, style });
  files.push(`${name}.npy`, `${name}.png`);
  return `${name}.npy`;
}

async function saveSheets(saving: Saving, pages: ReadonlyMap<RankedConcept, ConceptPage>): Promise<void> {
  const { engine, model, ranked, request, control, folder, files } = saving;
  const { read, ranking, isInverted, pictures } = ranked;
  const shown = ranked.concepts.flatMap((concept) => listRows(concept, pages.get(concept), request));
  if (!shown.some(({ picks }) => picks.length > 0)) return;
  const { show = 'masked' } = request;
  const findPicture = await drawReferencePictures({ engine, model, read }, { concepts: shown, show }, control);
  const plan: SheetPlan = {
    ...{ read, ranking, request, pictures, isInverted, findPicture },
    composite: ranked.composite.name,
  };
  for (const layer of read.layers) {
    const rows = shown.filter((concept) => concept.layer.id === layer.id);
    if (!rows.some((concept) => isDrawn(plan, concept))) continue;
    const figure = await renderReferenceSheet(composeReferenceSheet(plan, rows));
    for (const end of ['svg', 'pdf', 'png']) {
      const name = `reference.${toFileName(layer.name)}.${end}`;
      await saveFigure(path.join(folder, name), figure);
      files.push(name);
    }
  }
}

const isDrawn = ({ findPicture }: SheetPlan, concept: ShownConcept): boolean =>
  concept.picks.some((pick) => findPicture(concept, pick) !== undefined);

/** A row for the concept, and where asked for one for each class. */
function listRows(
  { layer, statistics }: RankedConcept,
  page: ConceptPage | undefined,
  { perClass = false }: ReferenceRequest,
): readonly SheetConcept[] {
  const concept = { layer, channel: statistics.channel, statistics, page };
  const whole = { ...concept, picks: statistics.best.slice(0, SAMPLES_SHOWN) };
  if (!perClass) return [whole];
  const rows = statistics.classes.map(({ label, best }) => ({
    ...{ ...concept, picks: best.slice(0, SAMPLES_SHOWN), ofClass: label },
  }));
  return [whole, ...rows];
}
