import { z } from 'zod';
import { regionVerdicts } from '../region-verdicts.ts';
import { regionSchema } from './samples.ts';

const verdictSchema = z.enum(regionVerdicts);
export const intervalSchema = z.object({ low: z.number(), high: z.number() });
const originSchema = z.object({ version: z.string(), provider: z.string(), adapter: z.string().optional() });

const effectSchema = z.object({
  scale: z.enum(['logit', 'log-odds', 'probability']),
  fills: z.array(
    z.object({
      fill: z.string(),
      removal: z.number(),
      control: z.number(),
      net: z.number(),
      /** Absent where the controls do not differ. */
      deviations: z.number().nullable(),
    }),
  ),
  net: z.number(),
  least: z.number(),
  largest: z.number(),
  finding: z.enum(['present', 'contrary', 'absent']),
});

const classSchema = z.object({
  label: z.string(),
  logit: z.number(),
  probability: z.number(),
  /** Null is what does not exist. */
  positiveShare: z.number().nullable(),
  share: z.number().nullable(),
  enrichment: z.number().nullable(),
  effects: z.array(effectSchema),
  verdict: verdictSchema,
});

/** What came of taking a region out of one picture. */
export const caseResultSchema = z.object({
  verdict: verdictSchema,
  sentence: z.string(),
  areaShare: z.number(),
  removedPixels: z.number(),
  controls: z.object({ count: z.number(), tolerance: z.number().nullable(), kind: z.string() }),
  classes: z.array(classSchema),
});

export const keptCaseSchema = z.object({
  /** Of the test, in the catalog. */
  id: z.int(),
  sample: z.int(),
  subject: z.string(),
  model: z.int(),
  composite: z.string(),
  /** What is not as it was when this was computed, in words; empty where it still holds. */
  changes: z.array(z.string()),
  createdMs: z.number(),
  origin: originSchema,
  result: caseResultSchema,
});

export const runCaseSchema = keptCaseSchema
  .omit({ changes: true, origin: true })
  .extend({ label: z.string().optional() });

const pictureRegionSchema = z.object({
  /** `border`, `lung`, `mark: ruler`, or `mark 12` for a single mark. */
  subject: z.string(),
  areaShare: z.number(),
  /** SVG path in pixels of a grid over `view`. */
  outline: z.string(),
});

export const pictureRegionsSchema = z.object({
  regions: z.array(pictureRegionSchema),
  /** The part of the picture the model sees, and the pixels it is cut into. */
  view: regionSchema,
  grid: z.object({ width: z.int(), height: z.int() }),
});

const verdictRateSchema = z.object({
  cases: z.number(),
  verdicts: z.record(verdictSchema, z.number()),
  /** Null of no cases. */
  rate: z.number().nullable(),
  interval: z.object({ low: z.number().nullable(), high: z.number().nullable() }),
});

const meanSchema = z.object({
  label: z.string(),
  unit: z.enum(['patient', 'case']),
  logit: z.number().nullable(),
  logitInterval: intervalSchema.optional(),
  logitP: z.number().nullable(),
  logitQ: z.number().nullable(),
  probability: z.number().nullable(),
  probabilityInterval: intervalSchema.optional(),
  probabilityP: z.number().nullable(),
  probabilityQ: z.number().nullable(),
});

const aucSchema = z.object({ label: z.string(), auc: z.number().nullable(), interval: intervalSchema.nullable() });
const flipsSchema = z.object({ count: z.number(), rate: z.number(), interval: intervalSchema });
const averageSchema = z.object({ mean: z.number().nullable(), interval: intervalSchema.optional() });

/** What came of a run over a dataset; by its kind, one of the three parts is there. */
export const runResultSchema = z.object({
  sentence: z.string().optional(),
  composite: z.string().optional(),
  region: z
    .object({
      marks: verdictRateSchema,
      nulls: verdictRateSchema.nullable(),
      effects: z.array(meanSchema),
      /** How many tests were adjusted together: those of all regions by this model; absent for those of this run alone. */
      tests: z.int().optional(),
      cases: z.array(z.object({ sample: z.int(), kind: z.enum(['mark', 'null']), verdict: verdictSchema })),
    })
    .optional(),
  anatomy: z
    .object({
      pictures: z.number(),
      unit: z.enum(['patient', 'case']),
      rows: z.array(
        z.object({
          condition: z.string(),
          fill: z.string().nullable(),
          meanAuc: z.number().nullable(),
          meanAucInterval: intervalSchema.nullable(),
          auc: z.array(aucSchema),
        }),
      ),
    })
    .optional(),
  insertion: z
    .object({
      donors: z.number(),
      recipients: z.number(),
      classes: z.array(
        z.object({
          label: z.string(),
          candidates: z.number(),
          artefact: flipsSchema.optional(),
          control: flipsSchema.optional(),
          logit: averageSchema,
          probability: averageSchema,
        }),
      ),
    })
    .optional(),
  failures: z.array(z.object({ path: z.string(), error: z.object({ message: z.string() }) })),
});

export const runKinds = ['region', 'anatomy', 'insertion'] as const;

export const runSchema = z.object({
  id: z.int(),
  kind: z.enum(runKinds),
  subject: z.string(),
  model: z.int(),
  split: z.string().nullable(),
  changes: z.array(z.string()),
  createdMs: z.number(),
  origin: originSchema,
  result: runResultSchema,
});

export type CaseResult = z.infer<typeof caseResultSchema>;
export type ClassResult = z.infer<typeof classSchema>;
export type KeptCase = z.infer<typeof keptCaseSchema>;
export type RunCase = z.infer<typeof runCaseSchema>;
export type PictureRegions = z.infer<typeof pictureRegionsSchema>;
export type RunResult = z.infer<typeof runResultSchema>;
export type AuditRun = z.infer<typeof runSchema>;
