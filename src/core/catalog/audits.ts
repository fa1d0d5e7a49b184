import { writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { LightboxError } from '#shared/errors.ts';
import { createOriginFinder, originColumns, toOrigin, type Origin, type OriginRow } from './origins.ts';
import { readJson } from './rows.ts';

/** What came of a test of a region, on one sample or over a dataset. */
export interface NewAudit {
  /** `case` on a sample; over a dataset `region`, `anatomy`, `insertion`. */
  readonly kind: string;
  readonly model: number;
  readonly dataset: number;
  readonly sample?: number | undefined;
  /** What was tested: `border`, `lung`, `mark: ruler`, `mark 12`. */
  readonly subject: string;
  /** All that decides the result but model, sample and this program. */
  readonly settings: object;
  readonly result: object;
  readonly origin: Origin;
}

export interface Audit extends Omit<NewAudit, 'settings' | 'result'> {
  readonly id: number;
  readonly settings: unknown;
  readonly result: unknown;
  readonly createdMs: number;
}

export interface AuditScope {
  readonly dataset: number;
  readonly kind: string;
  readonly model?: number | undefined;
  readonly subject?: string | undefined;
}

export interface AuditReader {
  /** Throws `request/invalid`. */
  get(id: number): Audit;
  /** Of one sample, by any model; the latest first. */
  listOfSample(sample: number): readonly Audit[];
  /** The latest first; so many at most, where a number is given. */
  listOfDataset(scope: AuditScope, limit?: number): readonly Audit[];
  countOfDataset(scope: AuditScope): number;
}

export interface AuditWriter extends AuditReader {
  /** In place of an earlier one of the same kind, model, sample and subject, unless a finding rests on that. Of a whole dataset, beside earlier ones. */
  insert(audit: NewAudit): Audit;
}

type AuditRow = OriginRow &
  Pick<Audit, 'id' | 'kind' | 'model' | 'dataset' | 'subject' | 'createdMs'> & {
    readonly sample: number | null;
    readonly settings: string;
    readonly result: string;
  };

const select = `SELECT u.id, u.kind, u.model_id AS model, u.dataset_id AS dataset, u.sample_id AS sample, u.subject,
    u.settings, u.result, u.created_ms AS createdMs, ${originColumns}
  FROM audits u JOIN origins o ON o.id = u.origin_id`;

function toAudit({ version, provider, adapter, sample, settings, result, ...row }: AuditRow): Audit {
  return {
    ...row,
    ...(sample !== null && { sample }),
    ...{ settings: readJson(settings), result: readJson(result), origin: toOrigin({ version, provider, adapter }) },
  };
}

export function readAudits(database: ReadableDatabase): AuditReader {
  const byId = database.read<[number], AuditRow>(`${select} WHERE u.id = ?`);
  const bySample = database.read<[number], AuditRow>(`${select} WHERE u.sample_id = ? ORDER BY u.id DESC`);
  const ofDataset = `u.dataset_id = @dataset AND u.kind = @kind AND (@model IS NULL OR u.model_id = @model)
    AND (@subject IS NULL OR u.subject = @subject)`;
  const byDataset = database.read<[object], AuditRow>(`${select} WHERE ${ofDataset} ORDER BY u.id DESC LIMIT @limit`);
  const count = database.read<[object], { count: number }>(`SELECT count(*) AS count FROM audits u WHERE ${ofDataset}`);
  const write = ({ dataset, kind, model, subject }: AuditScope): AuditScope => ({ dataset, kind, model, subject });
  return {
    get: (id) => toAudit(byId.find(id) ?? unknownAudit(id)),
    listOfSample: (sample) => bySample.list(sample).map(toAudit),
    // To SQLite, a limit below zero is none.
    listOfDataset: (scope, limit = -1) => byDataset.list({ ...write(scope), limit }).map(toAudit),
    countOfDataset: (scope) => count.find(write(scope))?.count ?? 0,
  };
}

export function writeAudits(database: WritableDatabase): AuditWriter {
  const reader = readAudits(database);
  const findOrigin = createOriginFinder(database);
  const deleteEarlier = database.write<[object]>(
    `DELETE FROM audits WHERE kind = @kind AND model_id = @model AND sample_id = @sample AND subject = @subject
       AND id NOT IN (SELECT audit_id FROM findings)`,
  );
  const insertRow = database.write<[object]>(
    `INSERT INTO audits (kind, model_id, dataset_id, sample_id, subject, settings, result, origin_id, created_ms)
     VALUES (@kind, @model, @dataset, @sample, @subject, @settings, @result, @origin, @createdMs)`,
  );
  return {
    ...reader,
    insert: ({ settings, result, origin, sample, ...audit }) =>
      database.transaction(() => {
        const row = { ...audit, sample: sample ?? null };
        if (sample !== undefined) deleteEarlier.run(row);
        const texts = { settings: writeCanonicalJson(settings), result: JSON.stringify(result) };
        return reader.get(insertRow.insert({ ...row, ...texts, origin: findOrigin(origin), createdMs: Date.now() }));
      }),
  };
}

function unknownAudit(id: number): never {
  throw new LightboxError('request/invalid', `There is no test ${id} in the catalog any more; run it again.`);
}
