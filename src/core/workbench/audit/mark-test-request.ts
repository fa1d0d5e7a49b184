import type {
  AuditThresholds,
  ClassEffect,
  FillEffect,
  Interval,
  MatchedControls,
  RegionVerdict,
} from '#core/audit/index.ts';
import type { ShownPart } from '#core/imaging/index.ts';
import type { MarkShape } from '#shared/marks/mark-shape.ts';
import type { ModelRecord } from '../model-file.ts';
import type { SampleFailure } from '../collection/dataset-batches.ts';
import type { DatasetRegionRecord, DatasetRegionRequest } from './dataset-region-request.ts';
import type { RegionModelRequest } from './region-model.ts';

/** A mark on one picture, or its border ring where no shape is given. */
export interface PictureMarkRequest
  extends RegionModelRequest, Pick<DatasetRegionRequest, 'seed' | 'outputFolder'>, MatchedRequest {
  readonly picture: string;
  readonly mark?: MarkShape | undefined;
  readonly shown?: ShownPart | undefined;
}

interface MatchedRequest {
  /** Matched controls; 12 when not given. */
  readonly controls?: number | undefined;
}

/** A region of a dataset's pictures, on every picture that has it. */
export interface DatasetMarkRequest extends DatasetRegionRequest, MatchedRequest {
  /** Marks of nothing on every picture beside it, for the false-alarm rate; none when not given. */
  readonly nulls?: number | undefined;
  readonly keepNames?: boolean | undefined;
}

/** What a region does to one class. */
export interface ClassRecord {
  readonly label: string;
  readonly logit: number;
  readonly probability: number;
  /** Share of positive relevance in the region as drawn; null without positive relevance. */
  readonly positiveShare: number | null;
  /** Share of relevance of either sign in what is taken away, and its enrichment; null where the map is zero. */
  readonly share: number | null;
  readonly enrichment: number | null;
  readonly effects: readonly ClassEffect[];
  readonly verdict: RegionVerdict;
}

export interface RegionTestRecord {
  readonly verdict: RegionVerdict;
  readonly sentence: string;
  readonly areaShare: number;
  readonly removedPixels: number;
  readonly controls: {
    readonly count: number;
    readonly tolerance: number | null;
    readonly kind: MatchedControls['kind'];
  };
  readonly classes: readonly ClassRecord[];
  /** Every single effect, control by control. */
  readonly fills: readonly FillEffect[];
}

export interface PictureMarkReport extends RegionTestRecord {
  readonly model: ModelRecord;
  readonly composite: string;
  readonly picture: { readonly sha256: string };
  readonly mark: MarkShape | 'border';
  readonly thresholds: AuditThresholds;
  readonly seed: number;
}

/** What is kept of a case. */
export type CaseRecord = Omit<RegionTestRecord, 'fills'>;

export interface MarkedCase extends CaseRecord {
  readonly picture: string;
  readonly path?: string | undefined;
  /** Its number in the catalog. */
  readonly sample: number;
  readonly label: string | undefined;
  /** The region, or a mark of nothing. */
  readonly kind: 'mark' | 'null';
}

/** How often a verdict fell, of how many; 95 % interval by Wilson. */
export interface VerdictRate {
  readonly cases: number;
  readonly verdicts: Readonly<Record<RegionVerdict, number>>;
  readonly rate: number;
  readonly interval: Pick<Interval, 'low' | 'high'>;
}

/** The mean net effect on one class over all cases, with an interval by patient where patients are known. */
export interface MeanEffect {
  readonly label: string;
  readonly logit: number;
  readonly logitInterval: Interval | undefined;
  readonly probability: number;
  readonly probabilityInterval: Interval | undefined;
  readonly unit: 'patient' | 'case';
  /** Wilcoxon's signed ranks of the net effects, by the same unit; null where none is off zero. */
  readonly logitP: number | null;
  readonly probabilityP: number | null;
  /** The same, adjusted for all classes and both scales of this test (Benjamini and Hochberg). */
  readonly logitQ: number | null;
  readonly probabilityQ: number | null;
}

export interface DatasetMarkReport extends DatasetRegionRecord {
  readonly composite: string;
  readonly thresholds: AuditThresholds;
  readonly seed: number;
  readonly sentence: string;
  /** `shortcut used` among the cases that carry the region. */
  readonly marks: VerdictRate;
  /** The false-alarm rate: `shortcut used` among marks of nothing; null where none were asked for. */
  readonly nulls: VerdictRate | null;
  readonly effects: readonly MeanEffect[];
  readonly cases: readonly MarkedCase[];
  readonly failures: readonly SampleFailure[];
}
