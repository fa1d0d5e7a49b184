import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { readMeasured, writeMeasured } from './measured-json.ts';
import { createOriginFinder, originColumns, toOrigin, type Origin, type OriginRow } from './origins.ts';
import { readJson } from './rows.ts';

/** What was found of a model's maps on pictures of a dataset. */
export interface NewCard {
  /** Model, composite, and all that decides the numbers but the dataset. */
  readonly setup: number;
  readonly dataset: number;
  /** With NaN for what is not defined. */
  readonly card: object;
  readonly origin: Origin;
}

export interface KeptCard extends Omit<NewCard, 'card'> {
  readonly card: unknown;
  /** Of the setup. */
  readonly settings: unknown;
  readonly createdMs: number;
}

export interface QualityCardReader {
  /** Of a model, the latest first. */
  list(model: number): readonly KeptCard[];
}

export interface QualityCardWriter extends QualityCardReader {
  /** In place of an earlier one of this setup and dataset. */
  put(card: NewCard): void;
}

type CardRow = OriginRow &
  Omit<KeptCard, 'card' | 'settings' | 'origin'> & { readonly card: string; readonly settings: string };

export function readQualityCards(database: ReadableDatabase): QualityCardReader {
  const ofModel = database.read<[number], CardRow>(
    `SELECT c.setup_id AS setup, c.dataset_id AS dataset, c.card, s.settings, c.created_ms AS createdMs, ${originColumns}
     FROM setups s JOIN quality_cards c ON c.setup_id = s.id JOIN origins o ON o.id = c.origin_id
     WHERE s.model_id = ? ORDER BY c.created_ms DESC, c.setup_id DESC`,
  );
  return {
    list: (model) =>
      ofModel.list(model).map(({ card, settings, version, provider, adapter, ...row }) => ({
        ...row,
        card: readMeasured(card),
        settings: readJson(settings),
        origin: toOrigin({ version, provider, adapter }),
      })),
  };
}

export function writeQualityCards(database: WritableDatabase): QualityCardWriter {
  const findOrigin = createOriginFinder(database);
  const putRow = database.write<[object]>(
    `INSERT OR REPLACE INTO quality_cards (setup_id, dataset_id, card, origin_id, created_ms)
     VALUES (@setup, @dataset, @card, @originId, @createdMs)`,
  );
  return {
    ...readQualityCards(database),
    put: ({ setup, dataset, card, origin }) => {
      database.transaction(() => {
        const [originId, createdMs] = [findOrigin(origin), Date.now()];
        putRow.run({ setup, dataset, card: writeMeasured(card), originId, createdMs });
      });
    },
  };
}
