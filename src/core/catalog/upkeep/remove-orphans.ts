import { statSync, unlinkSync } from 'node:fs';
import type { WritableDatabase } from '../database/database.ts';
import { naming } from '../database/failures.ts';
import type { StoredFile } from '../stores/array-store.ts';
import { createReferenceTest } from './find-references.ts';

/** One hour: younger arrays that no row names may be about to get theirs. */
export const ORPHAN_AGE_MS = 3_600_000;
/** Files removed in one transaction: a fraction of a second in which others wait. */
const BATCH = 200;

/**
 * Removes those of the arrays that no row names and that are at least so old; returns how many. Within transactions, so that
 * nobody can insert a row for an array while it goes.
 */
export function removeOrphans(database: WritableDatabase, files: readonly StoredFile[], ageMs: number): number {
  const youngest = Date.now() - ageMs;
  const isReferenced = createReferenceTest(database);
  const isOld = ({ path: file }: StoredFile): boolean => {
    const status = statSync(file, { throwIfNoEntry: false });
    return status !== undefined && Math.trunc(status.mtimeMs) <= youngest;
  };
  const candidates = files.filter(({ sha256 }) => sha256 !== undefined && !isReferenced(sha256)).filter(isOld);
  let removed = 0;
  for (let start = 0; start < candidates.length; start += BATCH) {
    database.transaction(() => {
      for (const file of candidates.slice(start, start + BATCH)) {
        if (file.sha256 === undefined || isReferenced(file.sha256) || !isOld(file)) continue;
        naming(database.file, () => {
          unlinkSync(file.path);
        });
        removed += 1;
      }
    });
  }
  return removed;
}
