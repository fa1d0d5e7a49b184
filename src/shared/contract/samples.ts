import { z } from 'zod';
import { authorSchema } from '../marks/reader.ts';
import { verdicts } from '../marks/verdict.ts';

const limit = 500;

/** Which samples are meant. Everything given must hold; of several values of one field, one is enough, of tags all are. */
export const sampleFilterSchema = z.object({
  dataset: z.int(),
  split: z.array(z.string()).optional(),
  label: z.array(z.string()).optional(),
  /** Part of the path. */
  text: z.string().max(200).optional(),
  /** Setups whose results are shown and filtered by. */
  prediction: z.int().optional(),
  attribution: z.int().optional(),
  /** Indices of classes. */
  predicted: z.array(z.int()).optional(),
  correct: z.boolean().optional(),
  /** Bands of confidence, by their place in `confidenceEdges`. */
  confidence: z.array(z.int().min(0)).optional(),
  verdict: z.array(z.enum([...verdicts, 'none'])).optional(),
  /** Kinds of marks. */
  mark: z.array(z.string()).optional(),
  tag: z.array(z.string()).optional(),
  /** Only these, which were chosen elsewhere. */
  ids: z.array(z.int()).max(100_000).optional(),
  /** Whose verdicts count; of all readers when not given. */
  reader: authorSchema.optional(),
  /** The reader reads before the models: labels, predictions and heatmaps are told only of samples whose answer the reader has locked. */
  firstReading: z.boolean().optional(),
  /** A queue's samples alone. */
  queue: z.int().optional(),
  /** Whether there is a heatmap of the attribution setup. */
  heatmap: z.boolean().optional(),
  /** These alone, in this order. */
  cases: z.array(z.int()).max(5000).optional(),
});

export const sampleListSchema = sampleFilterSchema.extend({
  /** By path when not given, in a queue by its own order (`place`). `worst`: wrong ones, the surest first, then right ones, the least sure first. */
  sort: z.enum(['path', 'confidence', 'sum', 'worst', 'place']).optional(),
  descending: z.boolean().optional(),
});

export const samplePageRequestSchema = sampleListSchema.extend({
  offset: z.int().min(0).optional(),
  limit: z.int().min(1).max(limit).optional(),
});

/** A stretch of a list: from one place up to another, or all of it. */
export const sampleRangeSchema = z.object({
  list: sampleListSchema,
  from: z.int().min(0).optional(),
  to: z.int().min(0).optional(),
});

export const taggingSchema = z.object({ tag: z.string().trim().min(1).max(60), samples: z.array(z.int()) });

/** From where on a band of confidence begins; it ends where the next begins. */
export const confidenceEdges = [0, 0.5, 0.7, 0.9, 0.99] as const;

export const regionSchema = z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() });

const listedSampleSchema = z.object({
  id: z.int(),
  /** Absent where the picture was not read yet or cannot be. */
  contentSha256: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  split: z.string().optional(),
  label: z.string().optional(),
  unreadable: z.string().optional(),
  prediction: z.object({ predicted: z.int(), confidence: z.number(), correct: z.boolean().optional() }).optional(),
  attribution: z
    .object({
      target: z.int(),
      sum: z.number(),
      arraySha256: z.string(),
      /** The part of the picture the model saw, and whether relevance below zero speaks for the target, as in a sample's view. */
      region: regionSchema,
      turned: z.boolean().optional(),
    })
    .optional(),
  tags: z.array(z.string()),
});

export const samplePageSchema = z.object({ total: z.int(), samples: z.array(listedSampleSchema) });

export const sampleViewRequestSchema = z.object({ id: z.int() });

export const predictionSchema = z.object({
  setup: z.int(),
  predicted: z.int(),
  probabilities: z.array(z.number()),
  logits: z.array(z.number()),
});

export const attributionSchema = z.object({
  setup: z.int(),
  target: z.int(),
  sum: z.number(),
  arraySha256: z.string(),
  /** The part of the picture the model saw, in the picture's pixels. */
  region: regionSchema,
  /** Whether relevance below zero speaks for the target; absent where the target's logit is needed and not known. */
  turned: z.boolean().optional(),
  /** What relevance above zero then says: evidence for the target, or that brighter pixels would raise it. */
  effect: z.enum(['evidence', 'gradient']),
});

export const sampleViewSchema = z.object({
  id: z.int(),
  /** Within the dataset's folder. */
  path: z.string(),
  width: z.int(),
  height: z.int(),
  split: z.string().optional(),
  label: z.string().optional(),
  predictions: z.array(predictionSchema),
  attributions: z.array(attributionSchema),
});

export type SampleFilter = z.infer<typeof sampleFilterSchema>;
export type SampleRange = z.infer<typeof sampleRangeSchema>;
export type SampleList = z.infer<typeof sampleListSchema>;
export type SamplePageRequest = z.infer<typeof samplePageRequestSchema>;
export type SamplePage = z.infer<typeof samplePageSchema>;
export type ListedSample = z.infer<typeof listedSampleSchema>;
export type SampleView = z.infer<typeof sampleViewSchema>;
export type PredictionView = z.infer<typeof predictionSchema>;
export type AttributionView = z.infer<typeof attributionSchema>;
