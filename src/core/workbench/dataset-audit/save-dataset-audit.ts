import path from 'node:path';
import { writeCsv } from '#core/audit/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import type { AuditedAuc, DatasetAudit } from '#shared/contract/dataset-audit.ts';
import { makeFolder } from '../make-folder.ts';
import { lightboxVersion } from '../versions.ts';

/** Saves an audit's tables and all of it as JSON in a folder. Pictures are named by their hash. Throws `output/not-writable`. */
export async function saveDatasetAudit(audit: DatasetAudit, folder: string): Promise<void> {
  await makeFolder(folder);
  const record = { format: 'relevance-lightbox/dataset-audit/1', version: lightboxVersion, ...audit };
  const texts: Readonly<Record<string, string>> = {
    'features.csv': writeFeatures(audit),
    'twins.csv': writeTwins(audit),
    'marks.csv': writeMarks(audit),
    'dataset-audit.json': `${JSON.stringify(record, undefined, 2)}\n`,
  };
  for (const [name, text] of Object.entries(texts)) await saveFile(path.join(folder, name), Buffer.from(text, 'utf8'));
}

const cellsOf = (result: AuditedAuc): readonly (string | number | undefined)[] =>
  'auc' in result
    ? [result.auc, result.interval.low, result.interval.high, result.cases, '']
    : [undefined, undefined, undefined, undefined, result.undefinedBecause];

function writeFeatures({ classes }: DatasetAudit): string {
  const rows = classes.flatMap(({ label, features, together, withoutSource }) => [
    ...features.map(({ name, result }) => [label, name, ...cellsOf(result)]),
    [label, '(together)', ...cellsOf(together)],
    ...withoutSource.map(({ source, result }) => [label, `(together, on source ${source})`, ...cellsOf(result)]),
  ]);
  return writeCsv([['class', 'feature', 'auc', 'low', 'high', 'cases', 'undefined because'], ...rows]);
}

function writeTwins({ twins }: DatasetAudit): string {
  const head = [
    'kind',
    'distance',
    'across splits',
    'conflicting',
    'first',
    'split',
    'label',
    'second',
    'split',
    'label',
  ];
  const rows = twins.listed.map(({ kind, distance, acrossSplits, conflicting, samples }) => [
    ...[kind, distance, String(acrossSplits), String(conflicting)],
    ...samples.flatMap(({ contentSha256, split, label }) => [contentSha256, split, label]),
  ]);
  return writeCsv([head, ...rows]);
}

function writeMarks({ associations }: DatasetAudit): string {
  const columns = ['region', 'label', 'markedOfClass', 'ofClass', 'markedOfRest', 'ofRest', 'oddsRatio'] as const;
  const rows = associations.map((one) => [
    ...columns.map((column) => one[column]),
    ...[one.interval.low, one.interval.high, one.cramersV, one.pValue, one.rate],
  ]);
  return writeCsv([[...columns, 'low', 'high', 'cramersV', 'pValue', 'rate'], ...rows]);
}
