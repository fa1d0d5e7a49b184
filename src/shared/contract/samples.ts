import { z } from 'zod';

const limit = 500;

export const samplePageRequestSchema = z.object({
  dataset: z.int(),
  split: z.string().optional(),
  label: z.string().optional(),
  /** Part of the path. */
  text: z.string().max(200).optional(),
  /** Setups whose results are shown and filtered by. */
  prediction: z.int().optional(),
  attribution: z.int().optional(),
  /** The index of a class. */
  predicted: z.int().optional(),
  correct: z.boolean().optional(),
  sort: z.enum(['path', 'confidence', 'sum']).optional(),
  descending: z.boolean().optional(),
  offset: z.int().min(0).optional(),
  limit: z.int().min(1).max(limit).optional(),
});

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
  attribution: z.object({ target: z.int(), sum: z.number(), arraySha256: z.string() }).optional(),
});

export const samplePageSchema = z.object({ total: z.int(), samples: z.array(listedSampleSchema) });

export const sampleViewRequestSchema = z.object({ id: z.int() });

export const regionSchema = z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() });

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

export type SamplePageRequest = z.infer<typeof samplePageRequestSchema>;
export type SamplePage = z.infer<typeof samplePageSchema>;
export type ListedSample = z.infer<typeof listedSampleSchema>;
export type SampleView = z.infer<typeof sampleViewSchema>;
export type PredictionView = z.infer<typeof predictionSchema>;
export type AttributionView = z.infer<typeof attributionSchema>;
