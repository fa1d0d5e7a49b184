import { writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { refuseMissingArray } from './attributions.ts';
import { readMeasured, writeMeasured } from './measured-json.ts';
import { createOriginFinder, originColumns, toOrigin, type Origin, type OriginRow } from './origins.ts';
import { readFloats, readJson, withoutNulls, writeFloats, type Stored } from './rows.ts';

/** The name of the picture as it is among its variants. */
export const unchanged = 'unchanged';

/** A picture changed in one way, or unchanged, and what a model said of it. */
export interface NewVariant {
  readonly contentSha256: string;
  /** The output index that is explained. */
  readonly target: number;
  /** Augmentation, parameters and seed in one word, or `unchanged`. */
  readonly variant: string;
  /** Augmentation, parameters, seed and severity; empty for the unchanged picture. */
  readonly definition: object;
  /** Neither where the picture cannot be changed so. The map, as computed, is in the array store; saved before this. */
  readonly logits?: Float32Array | undefined;
  readonly arraySha256?: string | undefined;
  /** Against the unchanged picture, with NaN for what is not defined; or the reason why there is nothing. */
  readonly measured: object;
}

export interface KeptVariant extends Omit<NewVariant, 'definition' | 'measured'> {
  readonly id: number;
  readonly setup: number;
  readonly sampleId: number;
  readonly definition: unknown;
  readonly measured: unknown;
  readonly origin: Origin;
  readonly createdMs: number;
}

export interface VariantReader {
  find(id: number): KeptVariant | undefined;
  /** All of a sample under a setup, for any class, in the order in which they came. */
  list(setup: number, sampleId: number): readonly KeptVariant[];
}

export interface VariantWriter extends VariantReader {
  /**
   * All or none, at every sample that shows the picture, in place of an earlier one. Returns how many rows that were.
   * Throws `request/invalid` where an array is not in the store.
   */
  insertAll(results: { readonly setup: number; readonly origin: Origin }, variants: readonly NewVariant[]): number;
}

type PlainVariant = Omit<KeptVariant, 'definition' | 'measured' | 'logits' | 'origin'>;
type VariantRow = OriginRow &
  Stored<PlainVariant> & { readonly definition: string; readonly measured: string; readonly logits: Uint8Array | null };

const select = `SELECT v.id, v.setup_id AS setup, v.sample_id AS sampleId, s.content_sha256 AS contentSha256, v.target,
    v.variant, v.definition, v.logits, v.array_sha256 AS arraySha256, v.measured, v.created_ms AS createdMs, ${originColumns}
  FROM variants v JOIN samples s ON s.id = v.sample_id JOIN origins o ON o.id = v.origin_id`;

export function readVariants(database: ReadableDatabase): VariantReader {
  const byId = database.read<[number], VariantRow>(`${select} WHERE v.id = ?`);
  const bySample = database.read<[number, number], VariantRow>(
    `${select} WHERE v.setup_id = ? AND v.sample_id = ? ORDER BY v.id`,
  );
  return {
    find: (id) => {
      const row = byId.find(id);
      return row && toVariant(row);
    },
    list: (setup, sampleId) => bySample.list(setup, sampleId).map(toVariant),
  };
}

/** @param hasArray whether the array store has an array. */
export function writeVariants(database: WritableDatabase, hasArray: (sha256: string) => boolean): VariantWriter {
  const findOrigin = createOriginFinder(database);
  const insertRows = database.write<[object]>(
    `INSERT OR REPLACE INTO variants (setup_id, sample_id, target, variant, definition, logits, array_sha256, measured,
       origin_id, created_ms)
     SELECT @setup, s.id, @target, @variant, @definition, @logits, @arraySha256, @measured, @originId, @createdMs
     FROM samples s WHERE s.content_sha256 = @contentSha256`,
  );
  return {
    ...readVariants(database),
    insertAll: ({ setup, origin }, variants) =>
      database.transaction(() => {
        const shared = { setup, originId: findOrigin(origin), createdMs: Date.now() };
        return variants.reduce((count, { logits, arraySha256, ...variant }) => {
          if (arraySha256 !== undefined && !hasArray(arraySha256)) refuseMissingArray(arraySha256);
          const definition = writeCanonicalJson(variant.definition);
          const row = { ...variant, ...shared, definition, arraySha256, logits: logits && writeFloats(logits) };
          return count + insertRows.run({ ...row, measured: writeMeasured(variant.measured) });
        }, 0);
      }),
  };
}

function toVariant({ definition, measured, logits, version, provider, adapter, ...row }: VariantRow): KeptVariant {
  return {
    ...withoutNulls<PlainVariant>(row),
    ...(logits && { logits: readFloats(logits) }),
    definition: readJson(definition),
    measured: readMeasured(measured),
    origin: toOrigin({ version, provider, adapter }),
  };
}
