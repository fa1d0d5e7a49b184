import type { LayoutName } from '#shared/samples.ts';
import type { ProblemKind } from '../reading-problem.ts';

/** Samples that share split, class and part. */
export interface SampleCount {
  readonly split?: string | undefined;
  readonly label?: string | undefined;
  readonly collection?: string | undefined;
  readonly count: number;
}

export interface MaskCount {
  readonly kind: string;
  readonly collection?: string | undefined;
  /** Samples that have such a mask. */
  readonly found: number;
  /** Those of them whose mask is empty; undefined as long as nobody has decoded them. */
  readonly empty?: number | undefined;
}

/** How often a value of an attribute goes with a label; a sample without the attribute counts under ''. */
export interface AttributeCount {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

export interface ProblemCount {
  readonly kind: ProblemKind;
  readonly count: number;
  /** The first few sentences. */
  readonly examples: readonly string[];
}

/** What was counted in a dataset: all that its summary and its warnings rest on. */
export interface DatasetFacts {
  readonly layout: LayoutName;
  readonly samples: readonly SampleCount[];
  readonly masks: readonly MaskCount[];
  /** Samples that name a patient, and how many patients they name. */
  readonly withPatient: number;
  readonly patients: number;
  /** Patients with samples in more than one split. */
  readonly patientsAcrossSplits: number;
  /** By attribute: of labelled samples only. */
  readonly attributes: Readonly<Record<string, readonly AttributeCount[]>>;
  readonly problems: readonly ProblemCount[];
}

export const countSamples = ({ samples }: Pick<DatasetFacts, 'samples'>): number =>
  samples.reduce((sum, { count }) => sum + count, 0);
