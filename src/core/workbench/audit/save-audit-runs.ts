import path from 'node:path';
import { writeCsv } from '#core/audit/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import { makeFolder } from '../make-folder.ts';
import { lightboxVersion } from '../versions.ts';
import type { InsertionReport } from './insert-artefact.ts';
import type { AnatomyReport } from './run-anatomy.ts';

/** Saves `anatomy.json` and `anatomy.csv`. Throws `output/not-writable`. */
export async function saveAnatomy(report: AnatomyReport, folder: string): Promise<void> {
  const head = ['condition', 'fill', 'class', 'auc', 'low', 'high', 'accuracy'];
  const rows = report.rows.flatMap(({ condition, fill, accuracy, meanAuc, meanAucInterval, auc }) => [
    [condition, fill, 'mean', meanAuc, meanAucInterval?.low, meanAucInterval?.high, accuracy],
    ...auc.map((one) => [condition, fill, one.label, one.auc, one.interval?.low, one.interval?.high, undefined]),
  ]);
  await saveBoth(folder, { name: 'anatomy', report, csv: writeCsv([head, ...rows]) });
}

/** Saves `insertion.json` and `insertion.csv`. Throws `output/not-writable`. */
export async function saveInsertion(report: InsertionReport, folder: string): Promise<void> {
  const flips = ['flips', 'flip_rate', 'flip_low', 'flip_high', 'control_flips', 'control_flip_rate'];
  const nets = [
    'net_logit',
    'net_logit_low',
    'net_logit_high',
    'net_probability',
    'net_probability_low',
    'net_probability_high',
  ];
  const rows = report.classes.map(({ label, candidates, artefact, control, logit, probability }) => [
    ...[label, candidates, artefact?.count, artefact?.rate, artefact?.interval.low, artefact?.interval.high],
    ...[control?.count, control?.rate, logit.mean, logit.interval?.low, logit.interval?.high],
    ...[probability.mean, probability.interval?.low, probability.interval?.high],
  ]);
  await saveBoth(folder, {
    name: 'insertion',
    report,
    csv: writeCsv([['class', 'candidates', ...flips, ...nets], ...rows]),
  });
}

async function saveBoth(
  folder: string,
  { name, report, csv }: { readonly name: string; readonly report: object; readonly csv: string },
): Promise<void> {
  await makeFolder(folder);
  const record = { format: `relevance-lightbox/${name}/1`, version: lightboxVersion, ...report };
  await saveFile(path.join(folder, `${name}.json`), Buffer.from(`${JSON.stringify(record, undefined, 2)}\n`, 'utf8'));
  await saveFile(path.join(folder, `${name}.csv`), Buffer.from(csv, 'utf8'));
}
