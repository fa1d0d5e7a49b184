import { LightboxError } from '#shared/errors.ts';
import { writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { writeLog } from './log.ts';
import { readJson, withoutNulls, type Stored } from './rows.ts';

export interface NewModel {
  /** Of its file, and of the files that hold its weights. */
  readonly sha256: string;
  /** The file's name without its folder. */
  readonly file: string;
  readonly title?: string | undefined;
  /** The names of its classes, in the order of its outputs; empty where nobody named them. */
  readonly labels: readonly string[];
  /** Of the manifest beside it, where there is one. */
  readonly manifestSha256?: string | undefined;
  /** Layers, sizes, parameters: whatever lists show of it. */
  readonly architecture: object;
  /** Where the file was last used; never shown outside this machine. */
  readonly path?: string | undefined;
}

export interface Model extends Omit<NewModel, 'architecture'> {
  readonly id: number;
  readonly architecture: unknown;
  readonly addedMs: number;
}

export interface ModelReader {
  /** Throws `model/not-found`. */
  get(id: number): Model;
  find(sha256: string): Model | undefined;
  /** By name of file. */
  list(): readonly Model[];
}

export interface ModelWriter extends ModelReader {
  /** A model that is known by its hash gets its name, labels and manifest anew and keeps its id and results. */
  insert(model: NewModel): Model;
  /** With its setups and all their results. Throws `model/not-found`. */
  delete(id: number): void;
}

type PlainModel = Omit<Model, 'labels' | 'architecture'>;
type ModelRow = Stored<PlainModel> & { readonly labels: string; readonly architecture: string };

const columns = `id, sha256, file, title, labels, manifest_sha256 AS manifestSha256, architecture, added_ms AS addedMs, path`;

const toModel = ({ labels, architecture, ...row }: ModelRow): Model => ({
  ...withoutNulls<PlainModel>(row),
  labels: readJson(labels) as string[],
  architecture: readJson(architecture),
});

export function readModels(database: ReadableDatabase): ModelReader {
  const byId = database.read<[number], ModelRow>(`SELECT ${columns} FROM models WHERE id = ?`);
  const byHash = database.read<[string], ModelRow>(`SELECT ${columns} FROM models WHERE sha256 = ?`);
  const all = database.read<[], ModelRow>(`SELECT ${columns} FROM models ORDER BY file, id`);
  return {
    get: (id) => toModel(byId.find(id) ?? unknownModel(id)),
    find: (sha256) => {
      const row = byHash.find(sha256);
      return row && toModel(row);
    },
    list: () => all.list().map(toModel),
  };
}

export function writeModels(database: WritableDatabase): ModelWriter {
  const reader = readModels(database);
  const insertRow = database.write<[object]>(
    `INSERT INTO models (sha256, file, title, labels, manifest_sha256, architecture, added_ms, path)
     VALUES (@sha256, @file, @title, @labels, @manifestSha256, @architecture, @addedMs, @path)
     ON CONFLICT (sha256) DO UPDATE SET file = excluded.file, title = excluded.title, labels = excluded.labels,
       manifest_sha256 = excluded.manifest_sha256, architecture = excluded.architecture,
       path = coalesce(excluded.path, path)`,
  );
  const deleteRow = database.write<[number]>('DELETE FROM models WHERE id = ?');
  const log = writeLog(database);
  return {
    ...reader,
    insert: ({ sha256, file, title, labels, manifestSha256, architecture, path }) =>
      database.transaction(() => {
        insertRow.run({
          ...{ sha256, file, title, manifestSha256, path, addedMs: Date.now() },
          ...{ labels: JSON.stringify(labels), architecture: writeCanonicalJson(architecture) },
        });
        return reader.find(sha256) ?? unknownModel(sha256);
      }),
    delete: (id) => {
      database.transaction(() => {
        const { sha256 } = reader.get(id);
        deleteRow.run(id);
        log.append({ action: 'model/deleted', subject: { model: id, sha256 } });
      });
    },
  };
}

function unknownModel(id: number | string): never {
  throw new LightboxError('model/not-found', `There is no model ${id} in the catalog; list the models.`);
}
