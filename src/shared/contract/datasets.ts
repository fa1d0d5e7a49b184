import { z } from 'zod';

export const datasetChoiceSchema = z.object({ dataset: z.int() });

/** How much a catalog has of a dataset. */
export const datasetContentsSchema = z.object({
  name: z.string(),
  /** Where its pictures lie. */
  folder: z.string(),
  samples: z.int(),
  masks: z.int(),
  marks: z.int(),
  reviews: z.int(),
  tags: z.int(),
  predictions: z.int(),
  attributions: z.int(),
  concepts: z.int(),
  jobs: z.int(),
});

export type DatasetContentsView = z.infer<typeof datasetContentsSchema>;
