/**
 * Looks at what package-lock.json brings in, without a network: `node test/security/audit-dependencies.ts`; exit code 1 where something is
 * not as it should be. After a change that was looked at: `--accept` writes the list of what is shipped anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { auditLock, listShipped, type LockFile, type PackageFile } from './lock-audit.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const list = './reviewed-dependencies.json';

const lock = read('../../package-lock.json') as LockFile;
if (process.argv.includes('--accept'))
  writeFileSync(new URL(list, import.meta.url), `${JSON.stringify(listShipped(lock), undefined, 2)}\n`);
const faults = auditLock(lock, read('../../package.json') as PackageFile, read(list) as readonly string[]);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(`${Object.keys(lock.packages).length - 1} packages, ${faults.length} faults\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
