import type { BootstrapOptions, GroupShare, RegionMeasures } from '#core/audit/index.ts';
import type { AttributeDatasetRequest } from '../collection/attribute-dataset.ts';
import type { SampleFailure } from '../collection/dataset-batches.ts';

export interface LedgerRequest extends Pick<
  AttributeDatasetRequest,
  'dataset' | 'modelPath' | 'split' | 'composite' | 'target' | 'provider' | 'labels' | 'batchSize'
> {
  /** Names of regions; all there are when not given. */
  readonly regions?: readonly string[] | undefined;
  readonly bootstrap?: BootstrapOptions | false | undefined;
  /** Where tables are saved; nothing is saved when not given. */
  readonly outputFolder?: string | undefined;
  /** Pictures are named by their place in the dataset too, not by their hash alone. */
  readonly keepNames?: boolean | undefined;
}

/** What one map books into one region. */
export interface LedgerRow extends RegionMeasures {
  /** Hash of the picture's file. */
  readonly picture: string;
  /** Within the dataset; only where names were asked for. */
  readonly path?: string | undefined;
  readonly label: string | undefined;
  readonly predicted: string;
  /** The class the map explains, its logit, and whether the map was turned so that above zero speaks for it. */
  readonly target: string;
  readonly targetLogit: number;
  readonly isTurned: boolean;
  readonly region: string;
  /** Share of positive relevance beyond the share of area; undefined where there is no share. */
  readonly excess: number | undefined;
}

/** One region over a class of pictures, or over all. */
export interface LedgerGroup extends GroupShare {
  readonly region: string;
  /** The dataset's label; undefined for all pictures. */
  readonly label: string | undefined;
  /** Pictures that have the region but no share in it, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

export interface Ledger {
  readonly dataset: string;
  readonly split: string | null;
  readonly model: { readonly file: string; readonly sha256: string };
  readonly composite: string;
  readonly target: string;
  readonly pictures: number;
  /** Worst first: by the largest excess in a region the model should not look at. */
  readonly queue: readonly LedgerCase[];
  readonly groups: readonly LedgerGroup[];
  readonly rows: readonly LedgerRow[];
  readonly warnings: readonly string[];
  readonly failures: readonly SampleFailure[];
}

/** A picture by the region it is worst in. */
export interface LedgerCase extends Pick<LedgerRow, 'picture' | 'path' | 'label' | 'predicted' | 'region'> {
  readonly positiveShare: number;
  readonly enrichment: number;
  readonly excess: number;
}
