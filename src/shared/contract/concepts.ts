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

/** A layer and what carries it, with one concept alone or the strongest of it, and the layers before it. */
export const conceptGraphRequestSchema = questionSchema.extend({
  layer: z.string(),
  channel: z.int().min(0).optional(),
});

const graphNodeSchema = conceptSchema.extend({
  /** Place of its column, from 0 at the layer asked about towards the picture. */
  column: z.int(),
});

export const conceptGraphSchema = z.object({
  target: z.int(),
  turned: z.boolean(),
  /** Layers, from the one asked about towards the picture. */
  columns: z.array(z.string()),
  nodes: z.array(graphNodeSchema),
  /** Between places of nodes: `relevance` of what passes `from` arrives at `to`, a share of all that arrives in that layer. */
  edges: z.array(z.object({ from: z.int(), to: z.int(), relevance: z.number(), share: z.number() })),
});

/** The neuron with the most relevance for the class: of a layer, or of one of its channels. */
/** Of the layer nearest the output where none is named. */
export const strongestNeuronRequestSchema = conceptGraphRequestSchema.partial({ layer: true });

export const strongestNeuronSchema = z.object({
  /** Layers that can be asked about, from the picture to the output. */
  layers: z.array(z.string()),
  layer: z.string(),
  channel: z.int(),
  row: z.int(),
  column: z.int(),
  /** Of the layer. */
  rows: z.int(),
  columns: z.int(),
  /** Its part of the magnitudes of all channels of the layer, signed so that above zero speaks for the class. */
  share: z.number(),
  /** Its receptive field: the part of the picture that can reach it at all, in the picture's pixels. */
  field: regionSchema,
  /** Whether that is everything the model sees. */
  isWhole: z.boolean(),
});

export const referencesRequestSchema = z.object({
  sample: z.int(),
  model: z.int(),
  layer: z.string(),
  channel: z.int().min(0),
});

export const referencesSchema = z.object({
  /** How many pictures the layer was read on; 0: nothing to choose from. */
  read: z.int(),
  /** What share of its layer the concept carries over all of them, signed as for their own classes. */
  spread: z
    .object({
      /** By label, with the mean share. */
      classes: z.array(z.object({ label: z.string(), count: z.int(), mean: z.number() })),
      /** Bins of one width. */
      low: z.number(),
      high: z.number(),
      counts: z.array(z.int()),
    })
    .optional(),
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
export type ConceptGraphRequest = z.infer<typeof conceptGraphRequestSchema>;
export type ConceptGraph = z.infer<typeof conceptGraphSchema>;
export type StrongestNeuronRequest = z.infer<typeof strongestNeuronRequestSchema>;
export type StrongestNeuron = z.infer<typeof strongestNeuronSchema>;
export type References = z.infer<typeof referencesSchema>;
