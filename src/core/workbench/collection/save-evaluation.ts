import path from 'node:path';
import { writeConfusionCsv, writeEvaluationCsv, writePredictionsCsv, writeRocCsv } from '#core/audit/index.ts';
import { renderEvaluationFigure, saveFigure, type Figure, type FigureThemeName } from '#core/figures/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import { makeFolder } from '../make-folder.ts';
import { lightboxVersion } from '../versions.ts';
import type { DatasetEvaluation } from './evaluate-dataset.ts';

/** Saves an evaluation's figure, tables and JSON in a folder, and names the files. Throws `output/not-writable`. */
export async function saveEvaluation(
  done: DatasetEvaluation,
  { folder, theme }: { readonly folder: string; readonly theme?: FigureThemeName | undefined },
): Promise<readonly string[]> {
  const { evaluation, cases, record } = done;
  await makeFolder(folder);
  const texts: Readonly<Record<string, string>> = {
    'evaluation.json': `${JSON.stringify(record, undefined, 2)}\n`,
    'evaluation.csv': writeEvaluationCsv(evaluation),
    'roc.csv': writeRocCsv(evaluation),
    'confusion.csv': writeConfusionCsv(evaluation),
    'predictions.csv': writePredictionsCsv(cases, evaluation.labels),
  };
  for (const [name, text] of Object.entries(texts)) await saveFile(path.join(folder, name), Buffer.from(text, 'utf8'));
  const figure = drawEvaluation(done, theme);
  const figures = ['evaluation.pdf', 'evaluation.png', 'evaluation.svg'];
  for (const name of figures) await saveFigure(path.join(folder, name), figure);
  return [...Object.keys(texts), ...figures];
}

export function drawEvaluation(done: DatasetEvaluation, theme?: FigureThemeName): Figure {
  return renderEvaluationFigure(done.evaluation, { ...describeFigure(done), ...(theme && { theme }) });
}

function describeFigure({
  record,
  predictions,
  cases,
}: DatasetEvaluation): Parameters<typeof renderEvaluationFigure>[1] {
  const { model } = predictions;
  const title = model.title ?? path.parse(model.file).name;
  return {
    title: `${title} on ${record.dataset}${record.split === null ? '' : `, ${record.split}`}`,
    provenance: {
      model: { title, sha256: model.sha256 },
      dataset: record.dataset,
      ...(record.split !== null && { split: record.split }),
      samples: cases.length,
      version: lightboxVersion,
      created: new Date().toISOString(),
    },
  };
}
