import type { ReadableDatabase } from '../database/database.ts';

/** Every place in the catalog that names an array. */
const references = `SELECT array_sha256 AS sha256 FROM attributions
  UNION ALL SELECT array_sha256 FROM variants WHERE array_sha256 IS NOT NULL`;

/** The arrays that rows name, each once. */
export function listReferencedArrays(database: ReadableDatabase): ReadonlySet<string> {
  const rows = database.read<[], { sha256: string }>(`SELECT DISTINCT sha256 FROM (${references})`).list();
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** Whether a row names an array. */
export function createReferenceTest(database: ReadableDatabase): (sha256: string) => boolean {
  const query = database.read<[string], { found: number }>(
    `SELECT EXISTS (SELECT 1 FROM (${references}) WHERE sha256 = ?) AS found`,
  );
  return (sha256) => query.find(sha256)?.found === 1;
}
