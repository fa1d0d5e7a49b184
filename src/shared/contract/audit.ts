import { oc } from '@orpc/contract';
import { z } from 'zod';
import { authorSchema, noteSchema } from '../marks/reader.ts';
import {
  intervalSchema,
  keptCaseSchema,
  pictureRegionsSchema,
  runCaseSchema,
  runKinds,
  runSchema,
} from './audit-results.ts';
import { sampleFilterSchema } from './samples.ts';

const findingSchema = z.object({
  /** The test it rests on. */
  audit: z.int(),
  kind: z.enum(['case', ...runKinds]),
  subject: z.string(),
  sample: z.int().optional(),
  sentence: z.string(),
  changes: z.array(z.string()),
  author: z.string(),
  comment: z.string(),
  createdMs: z.number(),
  updatedMs: z.number(),
});

/** Columns of the ledger. */
export const ledgerOrders = ['excess', 'positive', 'negative', 'enrichment', 'area', 'rank'] as const;

const ledgerRequestSchema = z.object({
  list: sampleFilterSchema,
  /** Whose heatmaps. */
  setup: z.int(),
  /** Of each picture the region it is worst in, where none is named. */
  region: z.string().optional(),
  order: z.enum(ledgerOrders).optional(),
  /** Smallest first. */
  ascending: z.boolean().optional(),
});

const ledgerRowSchema = z.object({
  sample: z.int(),
  contentSha256: z.string().optional(),
  label: z.string().optional(),
  predicted: z.string().optional(),
  target: z.string(),
  region: z.string(),
  areaShare: z.number(),
  positiveShare: z.number().nullable(),
  negativeShare: z.number().nullable(),
  /** Share over area. */
  enrichment: z.number().nullable(),
  rankAccuracy: z.number().nullable(),
  excess: z.number().nullable(),
});

const ledgerSchema = z.object({
  rows: z.array(ledgerRowSchema),
  /** Pictures of the list with a map that is not booked, and pictures without one. */
  unbooked: z.int(),
  /** Booked, but without a share in what is asked for. */
  undefinedShares: z.int(),
  missing: z.int(),
  regions: z.array(z.string()),
});

const groupSchema = z.object({
  region: z.string(),
  /** Absent for all pictures. */
  label: z.string().optional(),
  pictures: z.number(),
  leftOut: z.number(),
  share: z.number(),
  shareInterval: intervalSchema.optional(),
  enrichment: z.number(),
  enrichmentInterval: intervalSchema.optional(),
  unit: z.enum(['patient', 'case']),
});

const ofDataset = z.object({ dataset: z.int() });

/** From a suspicion to a finding. What is computed is begun as a job; here is what the catalog has. */
export const auditContract = {
  /** What can be taken out of a picture, with outlines. */
  regions: oc.input(z.object({ sample: z.int(), model: z.int() })).output(pictureRegionsSchema),
  /** The latest test of each region of a picture. */
  kept: oc.input(z.object({ sample: z.int(), model: z.int(), composite: z.string() })).output(z.array(keptCaseSchema)),
  /** Regions of a dataset's pictures, and on how many pictures there is one. */
  subjects: oc.input(ofDataset).output(z.array(z.object({ subject: z.string(), pictures: z.int() }))),
  /** Tests of one region on the pictures of a dataset so far: how many, and the latest 500. */
  cases: oc
    .input(z.object({ dataset: z.int(), model: z.int(), subject: z.string() }))
    .output(z.object({ total: z.int(), cases: z.array(runCaseSchema) })),
  /** Runs over a dataset, the latest first. */
  runs: oc.input(ofDataset).output(z.array(runSchema)),
  ledger: oc.input(ledgerRequestSchema).output(ledgerSchema),
  /** Shares by region and class over the pictures of a list. */
  groups: oc.input(ledgerRequestSchema.pick({ list: true, setup: true })).output(z.array(groupSchema)),
  findings: {
    list: oc.input(ofDataset).output(z.array(findingSchema)),
    put: oc.input(z.object({ audit: z.int(), author: authorSchema, comment: noteSchema })),
    delete: oc.input(z.object({ audit: z.int() })),
  },
};

export type FindingView = z.infer<typeof findingSchema>;
export type LedgerRequest = z.infer<typeof ledgerRequestSchema>;
export type LedgerOrder = (typeof ledgerOrders)[number];
export type LedgerRow = z.infer<typeof ledgerRowSchema>;
export type LedgerView = z.infer<typeof ledgerSchema>;
export type RegionGroup = z.infer<typeof groupSchema>;
