import { oc } from '@orpc/contract';
import { z } from 'zod';
import { verdicts } from '../marks/verdict.ts';

/** A file by its path on this machine. */
const fileSchema = z.string().trim().min(1).max(4000);

const pairSchema = z.object({
  first: fileSchema,
  second: fileSchema,
  /** Whose word counts, where a study holds that of several. */
  readers: z.array(z.string().max(60)).max(2).optional(),
});

const verdictSchema = z.enum(verdicts).optional();

const agreementSchema = z.object({
  readers: z.tuple([z.string(), z.string()]),
  cases: z.object({ both: z.int(), onlyFirst: z.int(), onlySecond: z.int() }),
  /** Absent where it is not defined. */
  kappa: z.object({ value: z.number(), low: z.number().optional(), high: z.number().optional() }).optional(),
  kinds: z.array(z.object({ kind: z.string(), cases: z.int(), meanDice: z.number() })),
  /** The most different first. */
  differing: z.array(
    z.object({
      contentSha256: z.string(),
      reason: z.string(),
      verdicts: z.tuple([verdictSchema, verdictSchema]),
      leastDice: z.number(),
    }),
  ),
});

/** What readers carry between workstations (docs/study-bundle.md). */
export const studyContract = {
  export: oc.input(z.object({ dataset: z.int(), file: fileSchema, pictures: z.boolean() })).output(
    z.object({
      samples: z.int(),
      pictures: z.int(),
      marks: z.int(),
      reviews: z.int(),
      warnings: z.array(z.string()),
    }),
  ),
  import: oc
    .input(z.object({ file: fileSchema }))
    .output(z.object({ marks: z.int(), reviews: z.int(), known: z.int() })),
  compare: oc.input(pairSchema).output(agreementSchema),
  /** Joins two studies in a new file. */
  merge: oc.input(pairSchema.extend({ file: fileSchema })).output(z.object({ settled: z.int(), open: z.int() })),
};

export type AgreementView = z.infer<typeof agreementSchema>;
