import { hashText, writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { readJson } from './rows.ts';
import { LightboxError } from '#shared/errors.ts';

export type AnalysisKind = 'groups' | 'dataset-audit';

/** What decides an analysis. */
export interface AnalysisQuestion {
  readonly kind: AnalysisKind;
  readonly datasetId: number;
  /** All that decides it but the dataset and what is in the catalog. */
  readonly settings: object;
}

export interface NewAnalysis extends AnalysisQuestion {
  /** The setup whose results it rests on; it goes with it. */
  readonly setup?: number | undefined;
  readonly result: object;
  /** Of this program. */
  readonly version: string;
}

export interface Analysis extends Omit<NewAnalysis, 'settings' | 'result'> {
  readonly id: number;
  readonly settings: unknown;
  readonly result: unknown;
  readonly createdMs: number;
}

/** An analysis by what it is about. */
export type AnalysisEntry = Omit<Analysis, 'result'>;

export interface AnalysisReader {
  /** Throws `request/invalid`. */
  get(id: number): Analysis;
  find(question: AnalysisQuestion): Analysis | undefined;
  /** The latest first. */
  list(kind: AnalysisKind, datasetId: number): readonly AnalysisEntry[];
}

export interface AnalysisWriter extends AnalysisReader {
  /** In place of an earlier one of the same question; returns its id. */
  put(analysis: NewAnalysis): number;
  /** Returns whether there was one. */
  delete(id: number): boolean;
}

interface AnalysisRow extends Omit<Analysis, 'settings' | 'setup' | 'result'> {
  readonly setup: number | null;
  readonly settings: string;
}

const columns = 'id, kind, dataset_id AS datasetId, setup_id AS setup, settings, version, created_ms AS createdMs';

const toEntry = ({ setup, settings, ...row }: AnalysisRow): AnalysisEntry => ({
  ...row,
  setup: setup ?? undefined,
  settings: readJson(settings),
});

export function readAnalyses(database: ReadableDatabase): AnalysisReader {
  type WholeRow = AnalysisRow & { readonly result: string };
  const byId = database.read<[number], WholeRow>(`SELECT ${columns}, result FROM analyses WHERE id = ?`);
  const byQuestion = database.read<[object], WholeRow>(
    `SELECT ${columns}, result FROM analyses
     WHERE dataset_id = @datasetId AND kind = @kind AND settings_sha256 = @settingsSha256`,
  );
  const ofDataset = database.read<[number, AnalysisKind], AnalysisRow>(
    `SELECT ${columns} FROM analyses WHERE dataset_id = ? AND kind = ? ORDER BY created_ms DESC, id DESC`,
  );
  const toAnalysis = ({ result, ...row }: WholeRow): Analysis => ({ ...toEntry(row), result: readJson(result) });
  return {
    get: (id) => toAnalysis(byId.find(id) ?? unknownAnalysis(id)),
    find: ({ kind, datasetId, settings }) => {
      const row = byQuestion.find({ kind, datasetId, settingsSha256: hashText(writeCanonicalJson(settings)) });
      return row && toAnalysis(row);
    },
    list: (kind, datasetId) => ofDataset.list(datasetId, kind).map(toEntry),
  };
}

export function writeAnalyses(database: WritableDatabase): AnalysisWriter {
  const putRow = database.write<[object]>(
    `INSERT INTO analyses (kind, dataset_id, setup_id, settings_sha256, settings, result, version, created_ms)
     VALUES (@kind, @datasetId, @setup, @settingsSha256, @settings, @result, @version, @createdMs)
     ON CONFLICT (dataset_id, kind, settings_sha256) DO UPDATE SET setup_id = excluded.setup_id,
       result = excluded.result, version = excluded.version, created_ms = excluded.created_ms`,
  );
  const deleteRow = database.write<[number]>('DELETE FROM analyses WHERE id = ?');
  const reader = readAnalyses(database);
  return {
    ...reader,
    put: (analysis) =>
      database.transaction(() => {
        const settings = writeCanonicalJson(analysis.settings);
        const result = writeCanonicalJson(analysis.result);
        const { kind, datasetId, setup, version } = analysis;
        putRow.run({ kind, datasetId, setup, version, settings, result, settingsSha256: hashText(settings), createdMs: Date.now() }); // prettier-ignore
        return reader.find(analysis)?.id ?? 0;
      }),
    delete: (id) => deleteRow.run(id) > 0,
  };
}

function unknownAnalysis(id: number): never {
  throw new LightboxError('request/invalid', `There is no analysis ${id} in the catalog any more; compute it again.`);
}
