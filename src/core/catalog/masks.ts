import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { withoutNulls, type Stored } from './rows.ts';
import { unknownSample, type KnownMask, type NewMask } from './sample.ts';

/** What was found about a mask's file. */
export type MaskFacts = Pick<NewMask, 'isEmpty' | 'sha256' | 'bytes' | 'mtimeMs'>;

export interface MaskReader {
  /** By kind. */
  list(sampleId: number): readonly NewMask[];
  /** Of all samples of a dataset, by sample and kind. */
  listOfDataset(datasetId: number): readonly KnownMask[];
  /** How many masks of a kind, within a collection, are known to be empty; undefined where nobody looked into any. */
  countEmpty(
    datasetId: number,
    masks: { readonly kind: string; readonly collection?: string | undefined },
  ): number | undefined;
  /** On how many samples of a dataset there is a mask of each kind that is not known to be empty; by kind. */
  countKinds(datasetId: number): readonly { readonly kind: string; readonly count: number }[];
}

export interface MaskWriter extends MaskReader {
  /** Throws `sample/unknown` where the sample has no mask of this kind. */
  update(sampleId: number, kind: string, facts: MaskFacts): void;
}

type MaskRow<Mask extends NewMask> = Stored<Omit<Mask, 'isEmpty'>> & { readonly isEmpty: number | null };

const toMask = ({ isEmpty, ...row }: MaskRow<NewMask>): NewMask => ({
  ...withoutNulls<Omit<NewMask, 'isEmpty'>>(row),
  isEmpty: isEmpty === null ? undefined : isEmpty === 1,
});

const maskColumns = 'kind, path, is_empty AS isEmpty, sha256, bytes, mtime_ms AS mtimeMs';

const toFlag = (flag: boolean | undefined): number | undefined => (flag === undefined ? undefined : Number(flag));

export function readMasks(database: ReadableDatabase): MaskReader {
  const bySample = database.read<[number], MaskRow<NewMask>>(
    `SELECT ${maskColumns} FROM masks WHERE sample_id = ? ORDER BY kind`,
  );
  const byDataset = database.read<[number], MaskRow<KnownMask>>(
    `SELECT sample_id AS sampleId, ${maskColumns} FROM masks
     WHERE sample_id IN (SELECT id FROM samples WHERE dataset_id = ?) ORDER BY sample_id, kind`,
  );
  const empty = database.read<[number, string, string], { empty: number | null }>(
    `SELECT sum(m.is_empty) AS empty FROM samples s JOIN groups g ON g.id = s.group_id JOIN masks m ON m.sample_id = s.id
     WHERE s.dataset_id = ? AND m.kind = ? AND g.collection = ?`,
  );
  const kinds = database.read<[number], { kind: string; count: number }>(
    `SELECT m.kind, count(*) AS count FROM samples s JOIN masks m ON m.sample_id = s.id
     WHERE s.dataset_id = ? AND ifnull(m.is_empty, 0) = 0 GROUP BY m.kind ORDER BY m.kind`,
  );
  return {
    list: (sampleId) => bySample.list(sampleId).map(toMask),
    listOfDataset: (datasetId) =>
      byDataset.list(datasetId).map(({ sampleId, ...row }) => ({ ...toMask(row), sampleId })),
    countEmpty: (datasetId, { kind, collection = '' }) => empty.find(datasetId, kind, collection)?.empty ?? undefined,
    countKinds: (datasetId) => kinds.list(datasetId),
  };
}

export function writeMasks(database: WritableDatabase): MaskWriter {
  const updateRow = database.write<[object]>(
    `UPDATE masks SET is_empty = @isEmpty, sha256 = @sha256, bytes = @bytes, mtime_ms = @mtimeMs
     WHERE sample_id = @sampleId AND kind = @kind`,
  );
  return {
    ...readMasks(database),
    update: (sampleId, kind, { isEmpty, sha256, bytes, mtimeMs }) => {
      const changed = updateRow.run({ sampleId, kind, isEmpty: toFlag(isEmpty), sha256, bytes, mtimeMs });
      if (changed === 0) unknownSample(`${kind} mask of sample ${sampleId}`);
    },
  };
}

/** Puts masks beside a sample just inserted. */
export function createMaskInsertion(database: WritableDatabase): (sampleId: number, masks: readonly NewMask[]) => void {
  const insertRow = database.write<[object]>(
    `INSERT INTO masks (sample_id, kind, path, is_empty, sha256, bytes, mtime_ms)
     VALUES (@sampleId, @kind, @path, @isEmpty, @sha256, @bytes, @mtimeMs)`,
  );
  return (sampleId, masks) => {
    for (const { kind, path, isEmpty, sha256, bytes, mtimeMs } of masks)
      insertRow.run({ sampleId, kind, path, isEmpty: toFlag(isEmpty), sha256, bytes, mtimeMs });
  };
}
