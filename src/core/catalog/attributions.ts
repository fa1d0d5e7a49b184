import { writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import {
  createMissingLister,
  createOutdatedLister,
  type MissingLister,
  type OutdatedLister,
} from './missing-samples.ts';
import { createOriginFinder, originColumns, toOrigin, type Origin, type OriginRow } from './origins.ts';
import { LightboxError } from '#shared/errors.ts';
import { readJson } from './rows.ts';

export interface NewAttribution {
  readonly contentSha256: string;
  /** The composite's name. */
  readonly composite: string;
  /** The output index that is explained. */
  readonly target: number;
  /** What was put at the output before walking back. */
  readonly initialRelevance: number;
  /** Of the relevance at the input: what conservation is judged by. */
  readonly sum: number;
  /** The relevance, in the array store; saved before this. */
  readonly arraySha256: string;
  /** What differs from picture to picture: times, warnings. What all share belongs into the setup. */
  readonly provenance: object;
}

export interface Attribution extends Omit<NewAttribution, 'provenance'> {
  readonly setup: number;
  readonly sampleId: number;
  readonly provenance: unknown;
  readonly origin: Origin;
  readonly createdMs: number;
}

export interface AttributionReader {
  find(setup: number, sampleId: number): Attribution | undefined;
  /** All attributions of a sample, by setup. */
  list(sampleId: number): readonly Attribution[];
  /** What a job of this setup still has to do. */
  readonly listMissing: MissingLister;
  /** The same, of what was explained for a label that was corrected since. */
  readonly listOutdated: OutdatedLister;
}

export interface AttributionWriter extends AttributionReader {
  /**
   * All or none. An attribution stands at every sample that shows its picture, in place of an earlier one of this setup.
   * Pictures that no sample shows any more are passed over. Returns how many samples got one.
   * Throws `request/invalid` where an array is not in the store: save it first, so that no row points at nothing.
   */
  insertAll(
    results: { readonly setup: number; readonly origin: Origin },
    attributions: readonly NewAttribution[],
  ): number;
}

type AttributionRow = OriginRow & Omit<Attribution, 'provenance' | 'origin'> & { readonly provenance: string };

const select = `SELECT a.setup_id AS setup, a.sample_id AS sampleId, s.content_sha256 AS contentSha256, a.composite,
    a.target, a.initial_relevance AS initialRelevance, a.sum, a.array_sha256 AS arraySha256, a.provenance,
    a.created_ms AS createdMs, ${originColumns}
  FROM attributions a JOIN samples s ON s.id = a.sample_id JOIN origins o ON o.id = a.origin_id`;

export function readAttributions(database: ReadableDatabase): AttributionReader {
  const bySetup = database.read<[number, number], AttributionRow>(`${select} WHERE a.setup_id = ? AND a.sample_id = ?`);
  const bySample = database.read<[number], AttributionRow>(`${select} WHERE a.sample_id = ? ORDER BY a.setup_id`);
  return {
    find: (setup, sampleId) => {
      const row = bySetup.find(setup, sampleId);
      return row && toAttribution(row);
    },
    list: (sampleId) => bySample.list(sampleId).map(toAttribution),
    listMissing: createMissingLister(database, 'attributions'),
    listOutdated: createOutdatedLister(database),
  };
}

/** @param hasArray whether the array store has an array. */
export function writeAttributions(
  database: WritableDatabase,
  hasArray: (sha256: string) => boolean,
): AttributionWriter {
  const findOrigin = createOriginFinder(database);
  const insertRows = database.write<[object]>(
    `INSERT OR REPLACE INTO attributions (setup_id, sample_id, group_id, composite, target, initial_relevance, sum,
       array_sha256, provenance, origin_id, created_ms)
     SELECT @setup, s.id, s.group_id, @composite, @target, @initialRelevance, @sum,
       @arraySha256, @provenance, @originId, @createdMs
     FROM samples s WHERE s.content_sha256 = @contentSha256`,
  );
  return {
    ...readAttributions(database),
    insertAll: ({ setup, origin }, attributions) =>
      database.transaction(() => {
        const shared = { setup, originId: findOrigin(origin), createdMs: Date.now() };
        return attributions.reduce((count, attribution) => {
          // Looked at here, where nobody else can write: an upkeep removes arrays in a transaction of its own.
          if (!hasArray(attribution.arraySha256)) refuseMissingArray(attribution.arraySha256);
          const provenance = writeCanonicalJson(attribution.provenance);
          return count + insertRows.run({ ...attribution, ...shared, provenance });
        }, 0);
      }),
  };
}

function toAttribution({ provenance, version, provider, adapter, ...row }: AttributionRow): Attribution {
  return {
    ...row,
    provenance: readJson(provenance),
    origin: toOrigin({ version, provider, adapter }),
  };
}

/** Throws `request/invalid`. */
export function refuseMissingArray(sha256: string): never {
  throw new LightboxError('request/invalid', `The array ${sha256} is not in the catalog's store; save it again.`);
}
