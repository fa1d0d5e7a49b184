import { writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { readJson } from './rows.ts';

/** How a window was left, by a name of its own; what is in it is the window's business. */
export interface SessionReader {
  find(name: string): unknown;
}

export interface SessionWriter extends SessionReader {
  put(name: string, state: object): void;
}

export function readSessions(database: ReadableDatabase): SessionReader {
  const byName = database.read<[string], { state: string }>('SELECT state FROM sessions WHERE name = ?');
  return {
    find: (name) => {
      const row = byName.find(name);
      return row && readJson(row.state);
    },
  };
}

export function writeSessions(database: WritableDatabase): SessionWriter {
  const putRow = database.write<[object]>(
    `INSERT INTO sessions (name, state, updated_ms) VALUES (@name, @state, @updatedMs)
     ON CONFLICT DO UPDATE SET state = excluded.state, updated_ms = excluded.updated_ms`,
  );
  return {
    ...readSessions(database),
    put: (name, state) => {
      putRow.run({ name, state: writeCanonicalJson(state), updatedMs: Date.now() });
    },
  };
}
