import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { createMissingLister, type MissingLister } from './missing-samples.ts';
import { createOriginFinder, originColumns, toOrigin, type Origin, type OriginRow } from './origins.ts';
import { fromBlank, readFloats, writeFloats } from './rows.ts';

/** What a model says about a picture. */
export interface NewPrediction {
  readonly contentSha256: string;
  readonly logits: Float32Array;
  readonly probabilities: Float32Array;
  /** The index of the predicted class. */
  readonly predicted: number;
  /** How sure the model is of it: its probability. */
  readonly confidence: number;
}

export interface Prediction extends NewPrediction {
  readonly setup: number;
  readonly sampleId: number;
  readonly origin: Origin;
  readonly createdMs: number;
}

/** A cell of the table of labels against predictions. */
export interface ClassCount {
  readonly split: string | undefined;
  readonly label: string | undefined;
  readonly collection: string | undefined;
  readonly predicted: number;
  readonly count: number;
}

export interface PredictionReader {
  find(setup: number, sampleId: number): Prediction | undefined;
  /** What a job of this setup still has to do. */
  readonly listMissing: MissingLister;
  /** How often each class was predicted for each group of a dataset: the confusion matrix. */
  countByClass(setup: number, datasetId: number): readonly ClassCount[];
}

export interface PredictionWriter extends PredictionReader {
  /**
   * All or none. A prediction stands at every sample that shows its picture, in place of an earlier one of this setup.
   * Pictures that no sample shows any more are passed over. Returns how many samples got one.
   */
  insertAll(
    results: { readonly setup: number; readonly origin: Origin },
    predictions: readonly NewPrediction[],
  ): number;
}

type PredictionRow = OriginRow &
  Omit<Prediction, 'logits' | 'probabilities' | 'origin'> & { readonly logits: Buffer; readonly probabilities: Buffer };

export function readPredictions(database: ReadableDatabase): PredictionReader {
  const bySample = database.read<[number, number], PredictionRow>(
    `SELECT p.setup_id AS setup, p.sample_id AS sampleId, s.content_sha256 AS contentSha256, p.predicted, p.confidence,
       p.logits, p.probabilities, p.created_ms AS createdMs, ${originColumns}
     FROM predictions p JOIN samples s ON s.id = p.sample_id JOIN origins o ON o.id = p.origin_id
     WHERE p.setup_id = ? AND p.sample_id = ?`,
  );
  const counts = database.read<[object], { split: string; label: string; collection: string } & ClassCount>(
    `SELECT g.split, g.label, g.collection, c.predicted, c.count
     FROM (SELECT group_id, predicted, count(*) AS count FROM predictions WHERE setup_id = @setup GROUP BY 1, 2) c
     JOIN groups g ON g.id = c.group_id WHERE g.dataset_id = @datasetId ORDER BY 1, 2, 3, 4`,
  );
  return {
    find: (setup, sampleId) => {
      const row = bySample.find(setup, sampleId);
      return row && toPrediction(row);
    },
    listMissing: createMissingLister(database, 'predictions'),
    countByClass: (setup, datasetId) =>
      counts.list({ setup, datasetId }).map(({ split, label, collection, ...cell }) => ({
        ...cell,
        ...{ split: fromBlank(split), label: fromBlank(label), collection: fromBlank(collection) },
      })),
  };
}

export function writePredictions(database: WritableDatabase): PredictionWriter {
  const findOrigin = createOriginFinder(database);
  const insertRows = database.write<[object]>(
    `INSERT OR REPLACE INTO predictions
       (setup_id, sample_id, group_id, predicted, confidence, logits, probabilities, origin_id, created_ms)
     SELECT @setup, s.id, s.group_id, @predicted, @confidence, @logits, @probabilities, @originId, @createdMs
     FROM samples s WHERE s.content_sha256 = @contentSha256`,
  );
  return {
    ...readPredictions(database),
    insertAll: ({ setup, origin }, predictions) =>
      database.transaction(() => {
        const shared = { setup, originId: findOrigin(origin), createdMs: Date.now() };
        return predictions.reduce((count, { contentSha256, predicted, confidence, logits, probabilities }) => {
          const scores = { logits: writeFloats(logits), probabilities: writeFloats(probabilities) };
          return count + insertRows.run({ ...shared, ...scores, contentSha256, predicted, confidence });
        }, 0);
      }),
  };
}

function toPrediction({ logits, probabilities, version, provider, adapter, ...row }: PredictionRow): Prediction {
  return {
    ...row,
    ...{ logits: readFloats(logits), probabilities: readFloats(probabilities) },
    origin: toOrigin({ version, provider, adapter }),
  };
}
