import { randomBytes } from 'node:crypto';
import { LightboxError } from '#shared/errors.ts';
import type { LayoutName } from '#shared/samples.ts';
import { writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { createContentCounter, type DatasetContents } from './dataset-contents.ts';
import { writeLog } from './log.ts';
import { readJson } from './rows.ts';

export interface NewDataset {
  /** Unique in the catalog. */
  readonly name: string;
  /** Where its files lie: an absolute path. */
  readonly folder: string;
  readonly layout: LayoutName;
  /** What is done about patients' identity, by name. */
  readonly profile: string;
  /** How it was read: enough to read it again. */
  readonly recipe: object;
}

export interface Dataset extends Omit<NewDataset, 'recipe'> {
  readonly id: number;
  readonly recipe: unknown;
  /** Milliseconds since 1970, UTC, as all times in the catalog. */
  readonly importedMs: number;
}

export interface DatasetReader {
  /** Throws `dataset/unknown`. */
  get(id: number): Dataset;
  find(name: string): Dataset | undefined;
  /** By name. */
  list(): readonly Dataset[];
  /** What would go with it. */
  countContents(id: number): DatasetContents;
}

export interface DatasetWriter extends DatasetReader {
  /** Draws the salt its patients are hashed with. Throws `request/invalid` for a name that is taken. */
  insert(dataset: NewDataset): Dataset;
  /** Throws `dataset/unknown`, or `request/invalid` for a name that is taken. */
  update(id: number, change: Partial<Pick<NewDataset, 'name' | 'folder' | 'recipe'>>): Dataset;
  /**
   * With its samples, what people said of them, and their results; its jobs and files stay (see `Catalog.deleteDataset`).
   * `compact` wipes the traces. Throws `dataset/unknown`.
   */
  delete(id: number): void;
}

type DatasetRow = Omit<Dataset, 'recipe'> & { readonly recipe: string };

const columns = 'id, name, folder, layout, profile, recipe, imported_ms AS importedMs';
const SALT_BYTES = 32;

const toDataset = (row: DatasetRow): Dataset => ({ ...row, recipe: readJson(row.recipe) });

export function readDatasets(database: ReadableDatabase): DatasetReader {
  const byId = database.read<[number], DatasetRow>(`SELECT ${columns} FROM datasets WHERE id = ?`);
  const byName = database.read<[string], DatasetRow>(`SELECT ${columns} FROM datasets WHERE name = ?`);
  const all = database.read<[], DatasetRow>(`SELECT ${columns} FROM datasets ORDER BY name`);
  return {
    get: (id) => toDataset(byId.find(id) ?? unknownDataset(id)),
    find: (name) => {
      const row = byName.find(name);
      return row && toDataset(row);
    },
    list: () => all.list().map(toDataset),
    countContents: createContentCounter(database),
  };
}

export function writeDatasets(database: WritableDatabase): DatasetWriter {
  const reader = readDatasets(database);
  const insertRow = database.write<[object]>(
    `INSERT INTO datasets (name, folder, layout, profile, salt, recipe, imported_ms)
     VALUES (@name, @folder, @layout, @profile, @salt, @recipe, @importedMs)`,
  );
  const updateRow = database.write<[object]>(
    'UPDATE datasets SET name = @name, folder = @folder, recipe = @recipe WHERE id = @id',
  );
  const deleteRow = database.write<[number]>('DELETE FROM datasets WHERE id = ?');
  const log = writeLog(database);
  const refuseTaken = (name: string, id?: number): void => {
    const taken = reader.find(name);
    if (!taken || taken.id === id) return;
    throw new LightboxError('request/invalid', `There is a dataset "${name}" already; choose another name.`);
  };
  return {
    ...reader,
    insert: (dataset) =>
      database.transaction(() => {
        refuseTaken(dataset.name);
        const recipe = writeCanonicalJson(dataset.recipe);
        const { name, folder, layout, profile } = dataset;
        const salt = randomBytes(SALT_BYTES);
        const id = insertRow.insert({ name, folder, layout, profile, recipe, salt, importedMs: Date.now() });
        // Its name is its folder's, which may be a patient's.
        log.append({ action: 'dataset/added', subject: { dataset: id, layout, profile } });
        return reader.get(id);
      }),
    update: (id, change) =>
      database.transaction(() => {
        const { name, folder, recipe } = { ...reader.get(id), ...change };
        refuseTaken(name, id);
        updateRow.run({ id, name, folder, recipe: writeCanonicalJson(recipe as object) });
        return reader.get(id);
      }),
    delete: (id) => {
      database.transaction(() => {
        if (deleteRow.run(id) === 0) unknownDataset(id);
        log.append({ action: 'dataset/deleted', subject: { dataset: id } });
      });
    },
  };
}

function unknownDataset(id: number): never {
  throw new LightboxError('dataset/unknown', `There is no dataset ${id} in the catalog; list the datasets.`);
}
