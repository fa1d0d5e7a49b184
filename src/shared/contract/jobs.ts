import { z } from 'zod';
import { layoutNames } from '../samples.ts';
import { groupingSettingsSchema } from './groups.ts';

/** A folder to bring into the catalog. */
export const importRequestSchema = z.object({
  folder: z.string().min(1),
  layout: z.enum(['auto', ...layoutNames]).optional(),
  /** In the catalog; the folder's own when not given. */
  name: z.string().min(1).optional(),
});

/** A test over a dataset, or a split of it. */
const onRegion = { dataset: z.int(), model: z.int(), split: z.string().optional(), subject: z.string().min(1) };

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
  z.object({
    kind: z.literal('quality'),
    ...{ dataset: z.int(), model: z.int() },
    /** One by name, or `all`. */
    composite: z.string().optional(),
    /** Pictures of the dataset, evenly over its classes. */
    limit: z.int().min(1).max(200).optional(),
  }),
  /** Takes a region out of one picture. */
  z.object({
    ...{ kind: z.literal('test-region'), sample: z.int(), model: z.int(), subject: z.string().min(1) },
    composite: z.string().optional(),
  }),
  /** The same on every picture that has it, or on marks of nothing. */
  z.object({
    ...{ kind: z.literal('test-dataset'), ...onRegion, composite: z.string().optional() },
    nulls: z.int().min(0).max(20).optional(),
  }),
  z.object({ kind: z.literal('anatomy'), ...onRegion }),
  z.object({ kind: z.literal('insertion'), ...onRegion }),
  /** Books the heatmaps of a setup into the regions of their pictures. */
  z.object({ kind: z.literal('book'), dataset: z.int(), setup: z.int() }),
  z.object({
    kind: z.literal('report'),
    dataset: z.int(),
    split: z.string().optional(),
    models: z.array(z.int()).min(1).max(6),
    /** Regions that are taken away, as the ledger names them. */
    regions: z.array(z.string()).optional(),
    question: z.string().max(1000).optional(),
    /** Beside the catalog when not given. */
    folder: z.string().min(1).optional(),
  }),
  /** Says what a dataset gives away before any network has seen it. */
  z.object({ kind: z.literal('audit'), dataset: z.int() }),
  /** Groups the maps of a class that there are. */
  z.object({ kind: z.literal('groups'), dataset: z.int(), settings: groupingSettingsSchema }),
  /** Reads what the channels of some layers (all if none are named) carry, so that samples that show them can be found. */
  z
    .object({ kind: z.literal('references'), ...onSamples, layers: z.array(z.string()).optional() })
    .omit({ samples: true }),
  /** Takes a dataset out of the catalog; its pictures stay where they are. */
  z.object({ kind: z.literal('remove'), dataset: z.int() }),
]);

export const jobKinds = [
  ...([
    'demo',
    'import',
    'predict',
    'attribute',
    'quality',
    'report',
    'audit',
    'groups',
    'references',
    'remove',
  ] as const),
  ...(['test-region', 'test-dataset', 'anatomy', 'insertion', 'book'] as const),
] as const;

export const jobStates = ['queued', 'running', 'paused', 'done', 'failed', 'cancelled'] as const;

const jobSchema = z.object({
  id: z.int(),
  kind: z.enum(jobKinds),
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
