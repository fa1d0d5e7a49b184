import path from 'node:path';
import { writeCsv } from '#core/audit/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import { makeFolder } from '../make-folder.ts';
import type { ReaderAgreement } from './compare-readers.ts';

/** Saves `agreement.json`, `differing-cases.csv` and `marks.csv`; returns their names. Throws `output/not-writable`. */
export async function saveAgreement(agreement: ReaderAgreement, folder: string): Promise<readonly string[]> {
  const files = {
    'agreement.json': `${JSON.stringify(agreement, undefined, 2)}\n`,
    'differing-cases.csv': writeCases(agreement),
    'marks.csv': writeKinds(agreement),
  };
  await makeFolder(folder);
  for (const [name, text] of Object.entries(files)) await saveFile(path.join(folder, name), Buffer.from(text, 'utf8'));
  return Object.keys(files);
}

function writeCases({ readers, differing, kinds }: ReaderAgreement): string {
  const names = [...new Set([...kinds.map(({ kind }) => kind), ...differing.flatMap(({ dice }) => Object.keys(dice))])].sort();
  const header = ['content_sha256', 'reason', ...readers.map((reader) => `verdict: ${reader}`), ...names.map((name) => `dice: ${name}`)];
  const rows = differing.map(({ contentSha256, reason, verdicts, dice }) => [contentSha256, reason, ...verdicts, ...names.map((name) => dice[name])]);
  return writeCsv([header, ...rows]);
} // prettier-ignore

function writeKinds({ kinds }: ReaderAgreement): string {
  const rows = kinds.map(({ kind, cases, bothMarked, meanDice }) => [kind, cases, bothMarked, meanDice]);
  return writeCsv([['kind', 'cases', 'both_marked', 'mean_dice'], ...rows]);
}
