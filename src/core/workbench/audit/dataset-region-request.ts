import type { Origin } from '#core/catalog/index.ts';
import type { ModelRecord } from '../model-file.ts';
import { lightboxVersion } from '../versions.ts';
import type { RegionModel, RegionModelRequest } from './region-model.ts';

/** A region of a dataset's pictures, and the model that is asked about it. */
export interface DatasetRegionRequest extends RegionModelRequest {
  readonly dataset: string;
  readonly split?: string | undefined;
  /** As the ledger names it: the kind of a mask, `border`, `outside lung`, `mark: ruler`. */
  readonly region: string;
  /** What chance is drawn from; 1 when not given. */
  readonly seed?: number | undefined;
  /** Where results are saved; nothing is saved when not given. */
  readonly outputFolder?: string | undefined;
}

/** Whose result it is. */
export interface DatasetRegionRecord {
  readonly model: ModelRecord;
  readonly dataset: string;
  readonly split: string | null;
  readonly region: string;
  /** What computed it. */
  readonly origin: Origin;
}

export const recordOf = (
  { dataset, split, region }: DatasetRegionRequest,
  { record, predictor: { provider, adapter } }: Pick<RegionModel, 'record' | 'predictor'>,
): DatasetRegionRecord => ({
  ...{ model: record, dataset, split: split ?? null, region },
  origin: { version: lightboxVersion, provider, adapter },
});
