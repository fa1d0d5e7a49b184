import { LightboxError } from '#shared/errors.ts';
import { writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { createSampleNaming, writeLog, type LogAction } from './log.ts';
import { readJson } from './rows.ts';

/** What a person drew on a picture. */
export interface NewMark {
  readonly sampleId: number;
  /** What it is: marker, ruler, hair. */
  readonly kind: string;
  /** Where, in pixels of the picture. */
  readonly shape: object;
  readonly author: string;
  /** Empty by default. */
  readonly note?: string | undefined;
}

export interface Mark extends Omit<NewMark, 'shape' | 'note'> {
  readonly id: number;
  readonly shape: unknown;
  readonly note: string;
  readonly createdMs: number;
}

export interface MarkReader {
  /** Of one sample, in the order in which they were drawn. */
  list(sampleId: number): readonly Mark[];
  /** All of a dataset, of one kind if it is given. */
  listOfDataset(datasetId: number, kind?: string): readonly Mark[];
}

/** Work of people: on the disk when a call returns. */
export interface MarkWriter extends MarkReader {
  /** Throws `request/invalid` for a sample that is not there. */
  insert(mark: NewMark): Mark;
  /** Throws `request/invalid` for a mark that is not there. */
  update(id: number, change: Partial<Pick<NewMark, 'kind' | 'shape' | 'note'>>): Mark;
  /** Throws `request/invalid` for a mark that is not there. */
  delete(id: number): void;
}

type MarkRow = Omit<Mark, 'shape'> & { readonly shape: string };

const columns = 'm.id, m.sample_id AS sampleId, m.kind, m.shape, m.author, m.note, m.created_ms AS createdMs';

const toMark = (row: MarkRow): Mark => ({ ...row, shape: readJson(row.shape) });

export function readMarks(database: ReadableDatabase): MarkReader {
  const bySample = database.read<[number], MarkRow>(
    `SELECT ${columns} FROM marks m WHERE m.sample_id = ? ORDER BY m.id`,
  );
  const byDataset = database.read<[object], MarkRow>(
    `SELECT ${columns} FROM marks m JOIN samples s ON s.id = m.sample_id
     WHERE s.dataset_id = @datasetId AND (@kind IS NULL OR m.kind = @kind) ORDER BY s.path, m.id`,
  );
  return {
    list: (sampleId) => bySample.list(sampleId).map(toMark),
    listOfDataset: (datasetId, kind) => byDataset.list({ datasetId, kind }).map(toMark),
  };
}

export function writeMarks(database: WritableDatabase): MarkWriter {
  const byId = database.read<[number], MarkRow>(`SELECT ${columns} FROM marks m WHERE m.id = ?`);
  const insertRow = database.write<[object]>(
    `INSERT INTO marks (sample_id, kind, shape, author, note, created_ms)
     VALUES (@sampleId, @kind, @shape, @author, @note, @createdMs)`,
  );
  const updateRow = database.write<[object]>(
    'UPDATE marks SET kind = @kind, shape = @shape, note = @note WHERE id = @id',
  );
  const deleteRow = database.write<[number]>('DELETE FROM marks WHERE id = ?');
  const get = (id: number): Mark => toMark(byId.find(id) ?? unknownMark(id));
  const [log, nameSample] = [writeLog(database), createSampleNaming(database)];
  const tell = (action: LogAction, { id, sampleId, kind, author }: Mark): void => {
    log.append({ action, author, subject: { ...nameSample(sampleId), mark: id, kind, author } });
  };
  return {
    ...readMarks(database),
    insert: ({ sampleId, kind, shape, author, note = '' }) =>
      database.durably(() => {
        const row = { sampleId, kind, shape: writeCanonicalJson(shape), author, note, createdMs: Date.now() };
        const mark = get(insertRow.insert(row));
        tell('mark/drawn', mark);
        return mark;
      }),
    update: (id, change) =>
      database.durably(() => {
        const { kind, shape, note } = { ...get(id), ...change };
        updateRow.run({ id, kind, note, shape: writeCanonicalJson(shape as object) });
        const mark = get(id);
        tell('mark/changed', mark);
        return mark;
      }),
    delete: (id) => {
      database.durably(() => {
        tell('mark/removed', get(id));
        deleteRow.run(id);
      });
    },
  };
}

function unknownMark(id: number): never {
  throw new LightboxError('request/invalid', `There is no mark ${id} in the catalog; it may have been removed.`);
}
