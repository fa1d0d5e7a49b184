import path from 'node:path';
import { renderMapSheet, saveFigure, type Figure, type FigureProvenance } from '#core/figures/index.ts';
import { saveFile, saveNpy } from '#core/imaging/index.ts';
import { makeFolder } from '../make-folder.ts';
import { lightboxVersion } from '../versions.ts';
import { blocksOf, type PictureSheet, type PictureSheets } from './picture-sheets.ts';
import type { RobustnessRecord } from './robustness-record.ts';
import type { RobustnessRequest } from './robustness-request.ts';
import { drawSummaries } from './draw-summaries.ts';
import { writeSummaryCsv, writeVariantsCsv } from './write-robustness-csv.ts';

interface Saving {
  readonly request: RobustnessRequest;
  readonly sheets: PictureSheets;
}

/** Saves record, tables, arrays and figures, and names the files. Throws `output/not-writable`. */
export async function saveRobustness(
  record: RobustnessRecord,
  { request, sheets }: Saving,
): Promise<readonly string[]> {
  const folder = request.outputFolder;
  await makeFolder(folder);
  const texts: Readonly<Record<string, string>> = {
    'robustness.json': `${JSON.stringify(record, undefined, 2)}\n`,
    'variants.csv': writeVariantsCsv(record),
    'summary.csv': writeSummaryCsv(record),
  };
  for (const [name, text] of Object.entries(texts)) await saveFile(path.join(folder, name), Buffer.from(text, 'utf8'));
  const provenance = describeProvenance(record);
  const figures = new Map<string, Figure>(drawSummaries(record, { provenance, theme: request.theme }));
  for (const sheet of sheets.list()) {
    figures.set(`${sheet.stem}.variants`, drawSheet(sheet, { record, provenance, theme: request.theme }));
    for (const [name, array] of sheet.arrays) await saveNpy(path.join(folder, name), array);
  }
  const names = [...figures].flatMap(([name]) => [`${name}.pdf`, `${name}.png`, `${name}.svg`]);
  for (const [name, figure] of figures) {
    for (const ending of ['pdf', 'png', 'svg']) await saveFigure(path.join(folder, `${name}.${ending}`), figure);
  }
  return [...Object.keys(texts), ...names, ...sheets.list().flatMap(({ arrays }) => [...arrays.keys()])];
}

function describeProvenance({ models, dataset, split, studies, created, seed }: RobustnessRecord): FigureProvenance {
  return {
    models: models.map(({ name, sha256 }) => ({ title: name, sha256 })),
    ...(dataset !== undefined && { dataset }),
    ...(split !== undefined && { split }),
    samples: new Set(studies.map(({ picture }) => picture.position)).size,
    ...{ selection: `seed ${seed}`, version: lightboxVersion, created },
  };
}

interface SheetStyle {
  readonly record: RobustnessRecord;
  readonly provenance: FigureProvenance;
  readonly theme: RobustnessRequest['theme'];
}

const legend = [
  'Each map has its own scale about zero: orange speaks for the class, blue against it; where the logit is negative the composite gives the map',
  'the opposite sign, and it is shown turned. \u03c1: Spearman on 28 \u00d7 28 cells; SSIM: structural similarity; sign flips: share of relevance that lies where',
  'the signs differ; all between the map of the unchanged picture and the map laid back onto it, where both show the same place.',
].join(' ');

function drawSheet(sheet: PictureSheet, { record, provenance, theme }: SheetStyle): Figure {
  const { position, name, label } = sheet.picture;
  const averaged = record.averageShifts ? ', each the mean over four one-pixel shifts of the input, moved back' : '';
  const one = record.composites.length === 1 ? record.composites[0] : `${record.composites.length} composites`;
  const change = record.composites.length === 1 ? ' Change: both maps brought to equal sums of magnitudes, the unchanged one\u2019s taken off; colors end at its peak.' : ''; // prettier-ignore
  const raised = [...sheet.gradients].join(', ');
  const gradients =
    raised === ''
      ? ''
      : ` ${raised}: orange is where brighter pixels would raise the class, blue where they would lower it.`;
  return renderMapSheet({
    title: `Robustness of picture ${name ?? position}${label === undefined ? '' : ` (${label})`}`,
    subtitle: `Maps by ${one ?? ''}${averaged}`,
    panels: blocksOf(sheet),
    legend: `${legend}${change}${gradients}`,
    provenance: { ...provenance, samples: 1 },
    ...(theme && { theme }),
  });
}
