import type { ProviderChoice } from '#shared/providers.ts';

export interface ReportRequest {
  readonly dataset: string;
  readonly split?: string | undefined;
  readonly modelPaths: readonly string[];
  /** What the report is to answer. */
  readonly question?: string | undefined;
  /** One by name; EpsilonPlusFlat when not given. */
  readonly composite?: string | undefined;
  /** `predicted` (default), `label`, a label, or an index. */
  readonly target?: string | undefined;
  /** Regions that are taken away from every picture that has them, as the ledger names them; none when not given. */
  readonly regions?: readonly string[] | undefined;
  /** Cases shown; 12 when not given. */
  readonly cases?: number | undefined;
  /** Whether maps are saved as arrays; they are when not given. */
  readonly maps?: boolean | undefined;
  readonly seed?: number | undefined;
  readonly provider?: ProviderChoice | undefined;
  /** Empty, or a folder an earlier report was saved in. */
  readonly outputFolder: string;
}

export interface ReportSummary {
  readonly folder: string;
  readonly files: readonly string[];
  readonly pictures: number;
  readonly models: readonly string[];
  readonly warnings: readonly string[];
  readonly seconds: number;
}

/** What was asked for, without places on this machine. */
export const describeRequest = ({
  dataset,
  split,
  question,
  composite,
  target,
  regions,
  cases,
  seed,
}: ReportRequest): object => ({ dataset, split, question, composite, target, regions, cases, seed });
