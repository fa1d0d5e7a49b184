import type { ErrorRecord } from '#shared/errors.ts';
import type { ShownPart } from '#core/imaging/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import type { RangeChoice } from '#shared/render-heatmap.ts';
import type { ExplanationRecord } from './explanation-record.ts';
import type { ModelRecord } from './model-file.ts';

/** What a user wants explained, and how. */
export interface ExplainRequest {
  readonly pictures: readonly string[];
  readonly modelPath: string;
  /** Results are saved here; the folder is made if needed. */
  readonly outputFolder: string;
  /** A composite's name, `all`, or a JSON file; EpsilonPlusFlat when not given. */
  readonly composite?: string | undefined;
  /** `predicted` (default), a label, or an index. */
  readonly target?: string | undefined;
  /** Layers whose activation and relevance are saved too. */
  readonly layers?: readonly string[] | undefined;
  readonly provider?: ProviderChoice | undefined;
  /** What the walk back starts with: 1 at the target (default) or the target's logit. */
  readonly initial?: 'one' | 'logit' | undefined;
  readonly colorMap?: string | undefined;
  readonly range?: RangeChoice | undefined;
  /** Pictures computed together. */
  readonly batchSize?: number | undefined;
  /** Frame and window of DICOM pictures. */
  readonly shown?: ShownPart | undefined;
  /** Name the files after the pictures; without it names carry no more than a number and part of a hash. */
  readonly keepNames?: boolean | undefined;
}

export interface PictureFailure {
  readonly picture: string;
  readonly error: ErrorRecord;
}

export interface ExplainReport {
  readonly model: ModelRecord;
  readonly explanations: readonly ExplanationRecord[];
  /** Pictures that could not be read; the others are not held up by them. */
  readonly failures: readonly PictureFailure[];
}
