import path from 'node:path';
import { saveFile } from '#core/imaging/index.ts';
import { makeFolder } from '../make-folder.ts';
import { lightboxVersion } from '../versions.ts';
import { writeFinite } from './write-finite.ts';
import { writeLedgerCsv, writeRegionsCsv } from './ledger-csv.ts';
import type { Ledger } from './ledger-request.ts';

/** Saves a ledger's tables and all of it as JSON in a folder. Throws `output/not-writable`. */
export async function saveLedger(ledger: Ledger, folder: string): Promise<void> {
  await makeFolder(folder);
  const record = { format: 'relevance-lightbox/ledger/1', version: lightboxVersion, ...ledger };
  const texts: Readonly<Record<string, string>> = {
    'ledger.csv': writeLedgerCsv(ledger.rows),
    'regions.csv': writeRegionsCsv(ledger.groups),
    'ledger.json': `${JSON.stringify(record, writeFinite, 2)}\n`,
  };
  for (const [name, text] of Object.entries(texts)) await saveFile(path.join(folder, name), Buffer.from(text, 'utf8'));
}
