import { z } from 'zod';
import { questionSchema } from './explain.ts';
import { attributionSchema, regionSchema } from './samples.ts';

/** Which concepts (channels) of which layers carry the answer to a question; with a region in the picture's pixels, what lies inside. */
export const conceptsRequestSchema = questionSchema.extend({ region: regionSchema.optional() });

const conceptSchema = z.object({
  channel: z.int(),
  /** Summed over the positions of the layer. */
  relevance: z.number(),
  /** Over the sum of all channels' magnitudes, signed so that above zero speaks for the class. */
  share: z.number(),
});

export const conceptsSchema = z.object({
  target: z.int(),
  /** Whether relevance below zero speaks for the target. */
  turned: z.boolean(),
  /** From the picture to the output; concepts from the one that speaks most for the class. With a region, of what lies inside it. */
  layers: z.array(z.object({ name: z.string(), channels: z.int(), concepts: z.array(conceptSchema) })),
});

export const conceptMapRequestSchema = questionSchema.extend({ layer: z.string(), channel: z.int().min(0) });

/** The heatmap of what passes one concept; its values lie at `data/map/SHA256` for a while. */
export const conceptMapSchema = attributionSchema
  .omit({ setup: true, arraySha256: true })
  .extend({ mapSha256: z.string() });

export const referencesRequestSchema = z.object({
  sample: z.int(),
  model: z.int(),
  layer: z.string(),
  channel: z.int().min(0),
});

export const referencesSchema = z.object({
  /** How many pictures the layer was read on; 0: nothing to choose from. */
  read: z.int(),
  /** The samples on which the concept carries most of its layer, best first. */
  samples: z.array(
    z.object({
      id: z.int(),
      label: z.string(),
      share: z.number(),
      width: z.int(),
      height: z.int(),
      /** The part of the picture the concept looks at, in the picture's pixels. */
      box: regionSchema,
    }),
  ),
});

export type ConceptsRequest = z.infer<typeof conceptsRequestSchema>;
export type Concepts = z.infer<typeof conceptsSchema>;
export type ConceptMapRequest = z.infer<typeof conceptMapRequestSchema>;
export type ConceptMap = z.infer<typeof conceptMapSchema>;
export type ReferencesRequest = z.infer<typeof referencesRequestSchema>;
export type References = z.infer<typeof referencesSchema>;
