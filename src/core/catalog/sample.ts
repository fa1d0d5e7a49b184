import { LightboxError } from '#shared/errors.ts';
import type { MaskEntry, SampleEntry } from '#shared/samples.ts';
import { fromBlank, readJson, withoutNulls, type Stored } from './rows.ts';

/** What was found about a sample's file. All undefined where it could not be looked at yet. */
export interface FileFacts {
  /** SHA-256 of the file, 64 hex digits. */
  readonly contentSha256?: string | undefined;
  readonly bytes?: number | undefined;
  readonly mtimeMs?: number | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Why the picture cannot be used, in a sentence. */
  readonly unreadable?: string | undefined;
}

export interface NewMask extends MaskEntry {
  /** Nothing is drawn in it, which is not the same as there being none. Undefined where nobody looked. */
  readonly isEmpty?: boolean | undefined;
  /** Of its file, 64 hex digits. */
  readonly sha256?: string | undefined;
  /** Of its file when it was looked at. */
  readonly bytes?: number | undefined;
  readonly mtimeMs?: number | undefined;
}

/** A sample as its dataset describes it, with what its file says. */
export interface NewSample extends Omit<SampleEntry, 'masks'>, FileFacts {
  readonly masks: readonly NewMask[];
}

export interface Sample extends FileFacts, Omit<SampleEntry, 'masks' | 'patient'> {
  readonly id: number;
  readonly datasetId: number;
  /** The same for all samples of a patient within the dataset; says nothing outside of it. */
  readonly patientHash: string | undefined;
  /** The sample this one is a copy of, by content. */
  readonly primaryId: number | undefined;
}

/** A sample's file, by the sample. */
export interface SampleFile extends FileFacts {
  readonly id: number;
}

/** What tells whether a file was looked at, and has changed since. */
export interface KnownFile extends Pick<FileFacts, 'bytes' | 'mtimeMs' | 'contentSha256' | 'unreadable'> {
  readonly id: number;
  readonly path: string;
}

/** A mask of a dataset, by its sample. */
export interface KnownMask extends NewMask {
  readonly sampleId: number;
}

/** Columns of a sample `s` with its group `g`. */
export const sampleColumns = `s.id, s.dataset_id AS datasetId, s.path, s.content_sha256 AS contentSha256, s.bytes,
  s.mtime_ms AS mtimeMs, s.width, s.height, s.unreadable, s.patient_hash AS patientHash, s.primary_id AS primaryId,
  s.metadata, g.split, g.label, g.collection`;

type PlainSample = Omit<Sample, 'metadata' | 'split' | 'label' | 'collection'>;

export type SampleRow = Stored<PlainSample> & {
  readonly metadata: string;
  readonly split: string;
  readonly label: string;
  readonly collection: string;
};

export function toSample({ metadata, split, label, collection, ...row }: SampleRow): Sample {
  return {
    ...withoutNulls<PlainSample>(row),
    metadata: readJson(metadata) as Sample['metadata'],
    ...{ split: fromBlank(split), label: fromBlank(label), collection: fromBlank(collection) },
  };
}

export function unknownSample(name: string): never {
  throw new LightboxError('sample/unknown', `There is no ${name} in the catalog; it may have been removed.`);
}
