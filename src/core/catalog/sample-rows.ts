import { createHmac } from 'node:crypto';
import { writeCanonicalJson } from './canonical-json.ts';
import type { WritableDatabase } from './database/database.ts';
import { readDatasets } from './datasets.ts';
import { writeList } from './rows.ts';
import type { NewSample } from './sample.ts';

/** Half of a SHA-256: enough that no two patients meet. */
const PATIENT_HASH_DIGITS = 32;

/** A sample as the named parameters of a statement. */
export type RowWriter = (sample: NewSample) => { readonly datasetId: number };

/** For the samples of one dataset. Throws `dataset/unknown`. */
export function createRowWriter(database: WritableDatabase, datasetId: number): RowWriter {
  readDatasets(database).get(datasetId);
  const salt = database
    .read<[number], { salt: Buffer }>('SELECT salt FROM datasets WHERE id = ?')
    .find(datasetId)?.salt;
  const hashPatient = createPatientHash(salt ?? Buffer.alloc(0));
  const findGroup = createGroupFinder(database, datasetId);
  return (sample) => {
    const { path, contentSha256, bytes, mtimeMs, width, height, patient, metadata, unreadable } = sample;
    return {
      ...{ datasetId, path, contentSha256, bytes, width, height, unreadable, groupId: findGroup(sample) },
      mtimeMs: roundTime(mtimeMs),
      patientHash: patient === undefined ? undefined : hashPatient(patient),
      metadata: writeCanonicalJson(metadata),
    };
  };
}

/** Times of files come with fractions of a millisecond. */
export const roundTime = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : Math.round(milliseconds);

/** Patients have several pictures each, so hashes are remembered while a dataset is put in. */
function createPatientHash(salt: Buffer): (patient: string) => string {
  const known = new Map<string, string>();
  return (patient) => {
    const hash =
      known.get(patient) ?? createHmac('sha256', salt).update(patient).digest('hex').slice(0, PATIENT_HASH_DIGITS);
    known.set(patient, hash);
    return hash;
  };
}

function createGroupFinder(database: WritableDatabase, datasetId: number): (sample: NewSample) => number {
  type Key = [dataset: number, split: string, label: string, collection: string];
  const insertGroup = database.write<Key>(
    'INSERT INTO groups (dataset_id, split, label, collection) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const findId = database.read<Key, { id: number }>(
    'SELECT id FROM groups WHERE dataset_id = ? AND split = ? AND label = ? AND collection = ?',
  );
  const known = new Map<string, number>();
  return ({ split = '', label = '', collection = '' }) => {
    const name = writeList([split, label, collection]);
    const id = known.get(name);
    if (id !== undefined) return id;
    insertGroup.run(datasetId, split, label, collection);
    const found = findId.find(datasetId, split, label, collection)?.id ?? 0;
    known.set(name, found);
    return found;
  };
}
