/** What a dataset gives away before any network has seen it. */
import { oc } from '@orpc/contract';
import { z } from 'zod';

/** An AUC with its 95 % interval, or why there is none. */
const auditedAucSchema = z.union([
  z.object({ auc: z.number(), interval: z.object({ low: z.number(), high: z.number() }), cases: z.int() }),
  z.object({ undefinedBecause: z.string() }),
]);

const labelAuditSchema = z.object({
  label: z.string(),
  positives: z.int(),
  rest: z.int(),
  features: z.array(z.object({ name: z.string(), result: auditedAucSchema })),
  /** All features together, cross-validated. */
  together: auditedAucSchema,
  /** Logarithms of odds for each standard deviation. */
  coefficients: z.array(z.object({ name: z.string(), logOdds: z.number() })),
  withoutSource: z.array(z.object({ source: z.string(), result: auditedAucSchema })),
});

const twinSampleSchema = z.object({
  id: z.int(),
  contentSha256: z.string(),
  split: z.string().optional(),
  label: z.string().optional(),
});

export const twinKinds = ['same file', 'near', 'mirrored'] as const;

const twinsSchema = z.object({
  kind: z.enum(twinKinds),
  /** Bits of 256 in which the perceptual hashes differ; 0 for the same file. */
  distance: z.int(),
  acrossSplits: z.boolean(),
  conflicting: z.boolean(),
  /** Absent where nobody says whose they are. */
  samePatient: z.boolean().optional(),
  samples: z.tuple([twinSampleSchema, twinSampleSchema]),
});

const twinCountSchema = z.object({
  kind: z.enum(twinKinds),
  pairs: z.int(),
  acrossSplits: z.int(),
  conflicting: z.int(),
});

const associationSchema = z.object({
  /** The kind of a mask, or `mark: ` and the kind of a mark. */
  region: z.string(),
  label: z.string(),
  markedOfClass: z.int(),
  ofClass: z.int(),
  markedOfRest: z.int(),
  ofRest: z.int(),
  oddsRatio: z.number(),
  interval: z.object({ low: z.number(), high: z.number() }),
  cramersV: z.number(),
  pValue: z.number(),
  /** False discovery rate over all marks and classes. */
  rate: z.number(),
  /** At least 30 marked pictures of the class and of the rest. */
  isReliable: z.boolean(),
});

export const datasetAuditSchema = z.object({
  dataset: z.string(),
  /** Of what the audit was made; another one needs another audit. */
  input: z.string(),
  seed: z.int(),
  /** Pictures that were judged, and those left out. */
  pictures: z.int(),
  leftOut: z.object({ copies: z.int(), unlabelled: z.int(), unmeasured: z.int() }),
  unit: z.enum(['patient', 'case']),
  /** The regression is fitted to so many, drawn at random, where there are more. */
  fitted: z.int(),
  folds: z.int(),
  features: z.array(z.object({ name: z.string(), definition: z.string(), kind: z.enum(['number', 'category']) })),
  classes: z.array(labelAuditSchema),
  twins: z.object({
    /** Perceptual hashes may differ in so many bits of 256. */
    threshold: z.int(),
    counts: z.array(twinCountSchema),
    /** Across splits first; cut off where there are very many. */
    listed: z.array(twinsSchema),
    /** So many pictures have `most` or more earlier twins, of which `most` are counted. */
    crowded: z.int(),
    most: z.int(),
  }),
  associations: z.array(associationSchema),
  /** What a careful reader would want to know first, in sentences. */
  findings: z.array(z.string()),
});

const datasetChoiceSchema = z.object({ dataset: z.int() });

export const datasetAuditContract = {
  /** The audit that was made last; absent where none was. `isStale`: pictures, labels or marks have changed since. */
  find: oc
    .input(datasetChoiceSchema)
    .output(z.object({ audit: datasetAuditSchema.optional(), isStale: z.boolean(), createdMs: z.number().optional() })),
};

export type DatasetAudit = z.infer<typeof datasetAuditSchema>;
export type AuditedAuc = z.infer<typeof auditedAucSchema>;
export type LabelAuditView = z.infer<typeof labelAuditSchema>;
export type TwinsView = z.infer<typeof twinsSchema>;
export type TwinKind = (typeof twinKinds)[number];
export type AssociationView = z.infer<typeof associationSchema>;
