import { LightboxError } from '#shared/errors.ts';
import { hashText, writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { readJson } from './rows.ts';

export type SetupKind = 'prediction' | 'attribution' | 'concept' | 'variant' | 'quality';

export interface NewSetup {
  readonly model: number;
  readonly kind: SetupKind;
  /** All that decides a result but the model and the picture: preprocessing, composite with its parameters, target. */
  readonly settings: object;
}

/** A model together with the settings it is run with. Results of one setup can be compared, those of two cannot. */
export interface Setup extends Omit<NewSetup, 'settings'> {
  readonly id: number;
  readonly settings: unknown;
  /** Of the settings as canonical JSON. */
  readonly settingsSha256: string;
}

export interface SetupReader {
  /** Throws `request/invalid`. */
  get(id: number): Setup;
  find(setup: NewSetup): Setup | undefined;
  /** In the order in which they were first used. */
  list(model: number): readonly Setup[];
  /** Datasets that have results of it: predictions or attributions. */
  listDatasets(id: number): readonly number[];
}

export interface SetupWriter extends SetupReader {
  /** The same setup again is the one that is there. */
  insert(setup: NewSetup): Setup;
  /** With all its results. Throws `request/invalid`. */
  delete(id: number): void;
}

type SetupRow = Omit<Setup, 'settings'> & { readonly settings: string };

const select = 'SELECT id, model_id AS model, kind, settings, settings_sha256 AS settingsSha256 FROM setups';

const toSetup = (row: SetupRow): Setup => ({ ...row, settings: readJson(row.settings) });

export function readSetups(database: ReadableDatabase): SetupReader {
  const byId = database.read<[number], SetupRow>(`${select} WHERE id = ?`);
  const byHash = database.read<[number, SetupKind, string], SetupRow>(
    `${select} WHERE model_id = ? AND kind = ? AND settings_sha256 = ?`,
  );
  const byModel = database.read<[number], SetupRow>(`${select} WHERE model_id = ? ORDER BY id`);
  // Groups are few, and what was predicted for one is found in an index; attributions are walked through in theirs.
  const datasets = database.read<[{ id: number }], { dataset: number }>(
    `SELECT DISTINCT g.dataset_id AS dataset FROM groups g
     WHERE EXISTS (SELECT 1 FROM predictions p WHERE p.setup_id = @id AND p.group_id = g.id)
       OR g.id IN (SELECT group_id FROM attributions WHERE setup_id = @id)`,
  );
  return {
    get: (id) => toSetup(byId.find(id) ?? unknownSetup(id)),
    find: ({ model, kind, settings }) => {
      const row = byHash.find(model, kind, hashText(writeCanonicalJson(settings)));
      return row && toSetup(row);
    },
    list: (model) => byModel.list(model).map(toSetup),
    listDatasets: (id) => datasets.list({ id }).map(({ dataset }) => dataset),
  };
}

export function writeSetups(database: WritableDatabase): SetupWriter {
  const reader = readSetups(database);
  const insertRow = database.write<[number, SetupKind, string, string]>(
    'INSERT INTO setups (model_id, kind, settings, settings_sha256) VALUES (?, ?, ?, ?)',
  );
  const deleteRow = database.write<[number]>('DELETE FROM setups WHERE id = ?');
  return {
    ...reader,
    insert: (setup) =>
      database.transaction(() => {
        const known = reader.find(setup);
        if (known) return known;
        const settings = writeCanonicalJson(setup.settings);
        return reader.get(insertRow.insert(setup.model, setup.kind, settings, hashText(settings)));
      }),
    delete: (id) => {
      if (deleteRow.run(id) === 0) unknownSetup(id);
    },
  };
}

function unknownSetup(id: number): never {
  throw new LightboxError('request/invalid', `There is no setup ${id} in the catalog; list the setups of the model.`);
}
