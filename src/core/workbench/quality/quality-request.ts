import type { ProviderChoice } from '#shared/providers.ts';

export interface QualityRequest {
  /** Files; or else a dataset of the catalog. */
  readonly pictures?: readonly string[] | undefined;
  readonly dataset?: string | undefined;
  readonly split?: string | undefined;
  readonly limit?: number | undefined;
  readonly modelPath: string;
  /** One by name, `all`, or a JSON file; EpsilonPlusFlat when not given. */
  readonly composite?: string | undefined;
  readonly seed?: number | undefined;
  /** As in robustness. */
  readonly averageShifts?: boolean | undefined;
  readonly provider?: ProviderChoice | undefined;
  readonly batchSize?: number | undefined;
  /** Undefined: nothing is saved but what the catalog keeps. */
  readonly outputFolder?: string | undefined;
}
