import type { Provider } from '#shared/providers.ts';
import type { WritableDatabase } from './database/database.ts';

/** What computed a result. */
export interface Origin {
  /** Of this program. */
  readonly version: string;
  readonly provider: Provider;
  /** The graphics adapter's name, where the system tells. */
  readonly adapter?: string | undefined;
}

/** The columns of an origin `o`, and how to read them. */
export const originColumns = 'o.version, o.provider, o.adapter';

export interface OriginRow {
  readonly version: string;
  readonly provider: Provider;
  readonly adapter: string;
}

export const toOrigin = ({ version, provider, adapter }: OriginRow): Origin => ({
  ...{ version, provider, adapter: adapter || undefined },
});

/** The id of an origin, which is kept once. To be called within a transaction. */
export function createOriginFinder(database: WritableDatabase): (origin: Origin) => number {
  type Key = [version: string, provider: string, adapter: string];
  const insertRow = database.write<Key>(
    'INSERT INTO origins (version, provider, adapter) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const findId = database.read<Key, { id: number }>(
    'SELECT id FROM origins WHERE version = ? AND provider = ? AND adapter = ?',
  );
  return ({ version, provider, adapter = '' }) => {
    insertRow.run(version, provider, adapter);
    return findId.find(version, provider, adapter)?.id ?? 0;
  };
}
