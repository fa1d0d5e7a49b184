import path from 'node:path';
import type { Catalog } from '#core/catalog/index.ts';
import { renderMapSheet, REPORT_WIDTH_MM, table, type ReportBlock } from '#core/figures/index.ts';
import { computePlanes, decodePicture } from '#core/imaging/index.ts';
import type { LedgerCase } from '../audit/ledger-request.ts';
import { getDataset } from '../collection/find-dataset.ts';
import type { ComputedCase, ComputedPanel } from '../figures/computed-panel.ts';
import { drawPanels } from '../figures/draw-panels.ts';
import type { FigureLookChoice } from '../figures/figure-recipe.ts';
import { titleOfModel } from '../figures/title-of-model.ts';
import { lightboxVersion } from '../versions.ts';
import type { ModelFindings } from './collect-model.ts';
import { percent, share } from './report-numbers.ts';

const PER_ROW = 6;
/** A case is 24 mm wide: 200 pixels to the inch. */
const OVERLAY_SIDE = 190;

const look: FigureLookChoice = {
  ...{
    scale: 'map',
    threshold: 0,
    show: 'overlay',
    casesDown: false,
    panelsAcross: 1,
    widthMm: REPORT_WIDTH_MM,
    theme: 'print',
  },
};

/** The cases with most relevance where it should not lie, by their numbers; never by names of files or patients. */
export async function drawCases(
  catalog: Catalog,
  model: ModelFindings,
  { created, count, dataset }: { readonly created: string; readonly count: number; readonly dataset: string },
): Promise<readonly ReportBlock[]> {
  const folder = getDataset(catalog, dataset).folder;
  const shown: { readonly one: LedgerCase; readonly drawn: ComputedCase }[] = [];
  for (const one of model.ledger.queue) {
    if (shown.length === count) break;
    const drawn = await readCase(catalog, model, { folder, one, number: shown.length + 1 });
    if (drawn) shown.push({ one, drawn });
  }
  if (shown.length === 0) return [{ kind: 'text', text: 'There is no case to show.' }];
  const panels = Array.from({ length: Math.ceil(shown.length / PER_ROW) }, (_, row): ComputedPanel => {
    const cases = shown.slice(row * PER_ROW, (row + 1) * PER_ROW).map(({ drawn }) => drawn);
    return { model: model.record, heading: '', rows: ['Relevance over input'], cases, provider: '' };
  });
  const { bar, panels: drawn } = await drawPanels(panels, look, OVERLAY_SIDE);
  const figure = renderMapSheet({
    ...{ title: '', titleName: 'Case', panels: drawn, bar, theme: look.theme, widthMm: look.widthMm },
    legend: 'Each map has its own scale: colors show where, not how much.',
    provenance: {
      ...{ model: { title: titleOfModel(model.record), sha256: model.record.sha256 }, dataset, samples: shown.length },
      ...{ version: lightboxVersion, created },
    },
  });
  return [
    {
      kind: 'figure',
      figure,
      caption: `${titleOfModel(model.record)}: worst first, by relevance beyond the area in a region that should not matter.`,
    },
    table('Pictures are told by the beginning of the SHA-256 of their files.', {
      head: ['Case', 'Picture', 'Label', 'Predicted', 'Region', 'Positive share', 'Enrichment', 'Excess'],
      rows: shown.map(({ one }, at) => [
        ...[String(at + 1), one.picture.slice(0, 12), one.label ?? '\u2013', one.predicted, one.region],
        ...[percent(one.positiveShare), one.enrichment.toFixed(2), share(one.excess)],
      ]),
      shares: [0.8, 2, 1.8, 1.8, 2.2, 1.5, 1.5, 1.2],
    }),
  ];
}

interface CasePlace {
  readonly folder: string;
  readonly one: LedgerCase;
  readonly number: number;
}

/** Undefined where the picture has gone since. */
async function readCase(
  catalog: Catalog,
  model: ModelFindings,
  { folder, one, number }: CasePlace,
): Promise<ComputedCase | undefined> {
  const found = model.mapped.find(({ sample }) => sample.contentSha256 === one.picture);
  const row = model.ledger.rows.find(({ picture, region }) => picture === one.picture && region === one.region);
  const picture = found && (await decodePicture(path.join(folder, found.sample.path)).catch(() => undefined));
  if (!found || !row || !picture) return undefined;
  const { values } = await catalog.arrays.load(found.attribution.arraySha256);
  const relevance = Float32Array.from(values, Number);
  const map = row.isTurned ? relevance.map((value) => -value) : relevance;
  const { predictions } = model.evaluation;
  const prediction = catalog.predictions.find(predictions.setup.id, found.sample.id);
  const { target } = found.attribution;
  const probability = prediction?.probabilities[target] ?? NaN;
  return {
    ...{ title: `Case ${number}`, note: `${one.region} ${percent(one.positiveShare)}`, picture: one.picture },
    target: { index: target, label: row.target, logit: row.targetLogit, probability },
    predicted: { index: prediction?.predicted ?? target, label: row.predicted },
    ...{ className: row.target, prediction: share(probability) },
    planes: computePlanes(picture, model.manifest.input),
    maps: [{ values: map, turned: row.isTurned, isGradient: false }],
  };
}
