import { writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import type { MissingSample } from './missing-samples.ts';
import { fromBlank, readJson, withoutNulls, type Stored } from './rows.ts';

/** What was measured of a picture without understanding it. */
export interface NewTraits {
  readonly contentSha256: string;
  readonly measured: object;
  /** Perceptual hashes of the picture and of its mirror image, 64 hexadecimal digits. */
  readonly hash: string;
  readonly mirrored: string;
}

/** A sample with all that is known of it beside its pixels. */
export interface DescribedSample {
  readonly id: number;
  readonly path: string;
  readonly split: string | undefined;
  readonly label: string | undefined;
  readonly collection: string | undefined;
  readonly contentSha256: string | undefined;
  readonly bytes: number | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly patientHash: string | undefined;
  readonly primaryId: number | undefined;
  readonly metadata: unknown;
  /** Undefined where the picture was not measured. */
  readonly traits: (Omit<NewTraits, 'contentSha256' | 'measured'> & { readonly measured: unknown }) | undefined;
}

export interface TraitReader {
  /** Samples of a dataset by path, with their traits of this version. */
  list(datasetId: number, version: number): readonly DescribedSample[];
  /** Pictures of a dataset that have no traits of this version, each once; none that cannot be read. */
  listMissing(datasetId: number, version: number): readonly MissingSample[];
}

export interface TraitWriter extends TraitReader {
  /** All or none. Traits stand at every sample that shows the picture. */
  insertAll(version: number, traits: readonly NewTraits[]): void;
}

interface DescribedRow extends Stored<Omit<DescribedSample, 'metadata' | 'traits'>> {
  readonly metadata: string;
  readonly measured: string | null;
  readonly hash: string | null;
  readonly mirrored: string | null;
}

export function readTraits(database: ReadableDatabase): TraitReader {
  const described = database.read<[object], DescribedRow>(
    `SELECT s.id, s.path, g.split, g.label, g.collection, s.content_sha256 AS contentSha256, s.bytes, s.width, s.height,
       s.patient_hash AS patientHash, s.primary_id AS primaryId, s.metadata, t.measured, t.hash, t.mirrored
     FROM samples s JOIN groups g ON g.id = s.group_id
       LEFT JOIN traits t ON t.sample_id = s.id AND t.version = @version
     WHERE s.dataset_id = @datasetId ORDER BY s.path`,
  );
  const missing = database.read<[object], MissingSample>(
    `SELECT min(s.id) AS id, min(s.path) AS path, s.content_sha256 AS contentSha256 FROM samples s
     WHERE s.dataset_id = @datasetId AND s.unreadable IS NULL AND s.content_sha256 IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM traits t WHERE t.sample_id = s.id AND t.version = @version)
     GROUP BY s.content_sha256 ORDER BY 2`,
  );
  return {
    list: (datasetId, version) => described.list({ datasetId, version }).map(toDescribed),
    listMissing: (datasetId, version) => missing.list({ datasetId, version }),
  };
}

function toDescribed({ metadata, measured, hash, mirrored, ...row }: DescribedRow): DescribedSample {
  const { split, label, collection, ...facts } = row;
  const isMeasured = measured !== null && hash !== null && mirrored !== null;
  return {
    ...withoutNulls<Omit<DescribedSample, 'metadata' | 'traits' | 'split' | 'label' | 'collection'>>(facts),
    ...{ split: fromBlank(split ?? ''), label: fromBlank(label ?? ''), collection: fromBlank(collection ?? '') },
    metadata: readJson(metadata),
    traits: isMeasured ? { measured: readJson(measured), hash, mirrored } : undefined,
  };
}

export function writeTraits(database: WritableDatabase): TraitWriter {
  const insertRows = database.write<[object]>(
    `INSERT OR REPLACE INTO traits (sample_id, version, measured, hash, mirrored)
     SELECT s.id, @version, @measured, @hash, @mirrored FROM samples s WHERE s.content_sha256 = @contentSha256`,
  );
  return {
    ...readTraits(database),
    insertAll: (version, traits) => {
      database.transaction(() => {
        for (const { measured, ...one } of traits)
          insertRows.run({ ...one, version, measured: writeCanonicalJson(measured) });
      });
    },
  };
}
