import { LightboxError } from '#shared/errors.ts';
import type { WritableDatabase } from './database.ts';

/** One step of the schema. */
export interface Migration {
  /** What the catalog's version is afterwards: one more than before. */
  readonly version: number;
  readonly sql: string;
}

/** In the file's header, so that a catalog is known from any other SQLite database: "RLBX". */
export const APPLICATION_ID = 0x524c4258;

/**
 * Takes the database through the steps it has not had, all of them or none.
 * @throws LightboxError of the failed statement; `catalog/damaged` when a row would be left pointing at nothing.
 */
export function migrate(database: WritableDatabase, migrations: readonly Migration[]): void {
  if (readVersion(database) >= migrations.length) return;
  // A step may build a table anew, which foreign keys would take for the loss of its rows; they are checked at the end.
  database.pragma('foreign_keys = OFF');
  database.transaction(() => {
    // Read again: another process may have done it while this one waited.
    for (const { sql, version } of migrations.slice(readVersion(database))) {
      database.execute(sql);
      database.pragma(`user_version = ${version}`);
    }
    database.pragma(`application_id = ${APPLICATION_ID}`);
    refuseBrokenReferences(database);
  });
}

export function readVersion(database: WritableDatabase): number {
  return Number(database.pragma('user_version')[0]?.['user_version']);
}

function refuseBrokenReferences(database: WritableDatabase): void {
  const [broken] = database.pragma('foreign_key_check');
  if (!broken) return;
  throw new LightboxError(
    'catalog/damaged',
    `The catalog "${database.file}" has rows in "${String(broken['table'])}" that point at nothing, so it was left as it is; restore it from a backup.`,
  );
}
