import { z } from 'zod';
import { sampleFilterSchema } from './samples.ts';

/** By what a list is divided and narrowed; each is a question of its own, so that none waits for another. */
export const facetNames = [
  'split',
  'label',
  'predicted',
  'correct',
  'confidence',
  'verdict',
  'mark',
  'tag',
  'heatmap',
] as const;
export type FacetName = (typeof facetNames)[number];

/** The facet's own choice does not count, so that its other values show what they would bring. */
export const facetRequestSchema = z.object({ filter: sampleFilterSchema, facet: z.enum(facetNames) });

export const facetSchema = z.array(z.object({ value: z.string(), count: z.int() }));

/** Labels against predicted classes, over what the filter leaves but for label, prediction and right or wrong. */
export const confusionSchema = z.object({
  cells: z.array(z.object({ label: z.string(), predicted: z.int(), count: z.int() })),
});

export type FacetCount = z.infer<typeof facetSchema>[number];
export type Confusion = z.infer<typeof confusionSchema>;
