import path from 'node:path';
import { writeCsv } from '#core/audit/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import { makeFolder } from '../make-folder.ts';
import { renderQualityCard, saveFigure } from '#core/figures/index.ts';
import { qualityOrder } from '#shared/metrics/index.ts';
import { describeCardFigure } from './describe-card-figure.ts';
import type { QualityRecord } from './quality-record.ts';

/** Saves the record, a table of means and the card as a figure, and names the files. Throws `output/not-writable`. */
export async function saveQuality(record: QualityRecord, folder: string): Promise<readonly string[]> {
  await makeFolder(folder);
  const texts: Readonly<Record<string, string>> = {
    'quality.json': `${JSON.stringify(record, undefined, 2)}\n`,
    'quality.csv': writeTable(record),
  };
  for (const [name, text] of Object.entries(texts)) await saveFile(path.join(folder, name), Buffer.from(text, 'utf8'));
  const figure = renderQualityCard(describeCardFigure(record));
  const figures = ['quality.pdf', 'quality.png', 'quality.svg'];
  for (const name of figures) await saveFigure(path.join(folder, name), figure);
  return [...Object.keys(texts), ...figures];
}

/** A row for each composite and number: mean over pictures and 95 % interval; empty where there is none. */
function writeTable({ cards }: QualityRecord): string {
  const rows = cards.flatMap(({ composite, means, randomization }) => [
    ...qualityOrder.map((name) => [composite, name, means[name]] as const),
    ...randomization.flatMap(({ shuffled, layers, spearman, ssim }) => [
      [composite, `spearman, ${shuffled} of ${layers} layers shuffled`, spearman] as const,
      [composite, `ssim, ${shuffled} of ${layers} layers shuffled`, ssim] as const,
    ]),
  ]);
  const cells = rows.map(([composite, name, { mean, interval, cases }]) => [
    ...[composite, name, cases, Number.isNaN(mean) ? undefined : mean, interval?.low, interval?.high],
  ]);
  return writeCsv([['composite', 'measure', 'pictures', 'mean', 'low', 'high'], ...cells]);
}
