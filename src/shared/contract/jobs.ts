import { z } from 'zod';
import { layoutNames } from '../samples.ts';

/** A folder to bring into the catalog. */
export const importRequestSchema = z.object({
  folder: z.string().min(1),
  layout: z.enum(['auto', ...layoutNames]).optional(),
  /** In the catalog; the folder's own when not given. */
  name: z.string().min(1).optional(),
});

const onSamples = {
  dataset: z.int(),
  model: z.int(),
  split: z.string().optional(),
  /** These alone; all of the split or dataset when not given. */
  samples: z.array(z.int()).optional(),
};

export const jobRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('demo') }),
  z.object({ kind: z.literal('import'), ...importRequestSchema.shape }),
  z.object({ kind: z.literal('predict'), ...onSamples }),
  z.object({
    kind: z.literal('attribute'),
    ...onSamples,
    composite: z.string().optional(),
    /** `predicted`, `label`, a label, or an index. */
    target: z.string().optional(),
  }),
  /** Reads what the channels of some layers (all if none are named) carry, so that samples that show them can be found. */
  z
    .object({ kind: z.literal('references'), ...onSamples, layers: z.array(z.string()).optional() })
    .omit({ samples: true }),
  /** Takes a dataset out of the catalog; its pictures stay where they are. */
  z.object({ kind: z.literal('remove'), dataset: z.int() }),
]);

export const jobStates = ['queued', 'running', 'paused', 'done', 'failed', 'cancelled'] as const;

const jobSchema = z.object({
  id: z.int(),
  kind: z.enum(['demo', 'import', 'predict', 'attribute', 'references', 'remove']),
  /** What it does, to what. */
  title: z.string(),
  state: z.enum(jobStates),
  /** Steps of the part it is busy with; a demo has several parts. */
  done: z.int(),
  total: z.int(),
  label: z.string(),
  /** Absent while it cannot be told. */
  secondsLeft: z.number().optional(),
  /** How it ended: what was done, or what went wrong and what to do. */
  outcome: z.string().optional(),
  /** The dataset it worked on, where there is one. */
  dataset: z.int().optional(),
});

/** A job that was not begun in this window's workbench: of the command line, or of another window. */
const otherJobSchema = z.object({
  /** The catalog's number. */
  id: z.int(),
  title: z.string(),
  /** `interrupted`: whoever worked on it is gone, and nobody has begun it again. */
  state: z.enum(['running', 'interrupted']),
  done: z.int(),
  total: z.int(),
  /** The process that works or worked on it. */
  process: z.string(),
});

export const jobListSchema = z.object({
  /** The latest first. */
  jobs: z.array(jobSchema),
  others: z.array(otherJobSchema),
  /** Grows whenever a job has changed the catalog. */
  changes: z.int(),
});

export const jobChoiceSchema = z.object({ id: z.int() });

export type ImportChoice = z.infer<typeof importRequestSchema>;
export type JobRequest = z.infer<typeof jobRequestSchema>;
export type JobView = z.infer<typeof jobSchema>;
export type OtherJob = z.infer<typeof otherJobSchema>;
export type JobList = z.infer<typeof jobListSchema>;
