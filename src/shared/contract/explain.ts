import { z } from 'zod';
import { compositeNames } from '../composite-names.ts';
import { attributionSchema, predictionSchema } from './samples.ts';

const pictureAndModel = { sample: z.int(), model: z.int() };

/** What is asked of a picture: which model, which composite, and which class is explained. */
export const questionSchema = z.object({
  ...pictureAndModel,
  composite: z.enum(compositeNames),
  /** The index of a class, or whatever the model predicts. */
  target: z.union([z.int().min(0), z.literal('predicted')]),
  /** What the walk back starts from: 1 at the target, or its logit. */
  initial: z.enum(['one', 'logit']).optional(),
});

/** A heatmap, and what the model said. */
export const answerSchema = z.object({
  attribution: attributionSchema,
  /** Absent where the heatmap was in the catalog without it. */
  prediction: predictionSchema.optional(),
  /** Whether it was in the catalog before. */
  wasKnown: z.boolean(),
});

export const pictureAndModelSchema = z.object(pictureAndModel);

/** What the catalog has of a picture by a model, without computing anything. */
export const knownSchema = z.object({
  prediction: predictionSchema.optional(),
  attributions: z.array(attributionSchema.extend({ composite: z.string(), initial: z.enum(['one', 'logit']) })),
});

const explainingModelSchema = z.object({
  id: z.int(),
  /** Its title, or its file's name; the file's name too where two have one title. */
  name: z.string(),
  labels: z.array(z.string()),
  /** Setups of its results. */
  setups: z.array(z.int()),
  /** Why nothing new can be computed with it: a sentence saying what to do. */
  fault: z.string().optional(),
});

export const explainingModelsSchema = z.array(explainingModelSchema);

export const workingSchema = z.object({
  /** What the engine is busy with for the window. */
  running: z
    .object({
      sample: z.int(),
      step: z.enum(['opening the model', 'computing']),
      what: z.string(),
      seconds: z.number(),
    })
    .optional(),
  /** Questions waiting for their turn. */
  waiting: z.int(),
});

export type Question = z.infer<typeof questionSchema>;
export type Answer = z.infer<typeof answerSchema>;
export type PictureAndModel = z.infer<typeof pictureAndModelSchema>;
export type Known = z.infer<typeof knownSchema>;
export type ExplainingModel = z.infer<typeof explainingModelSchema>;
export type Working = z.infer<typeof workingSchema>;
