import { oc } from '@orpc/contract';
import { z } from 'zod';
import { questionSchema } from './explain.ts';
import { qualityOrder } from '../metrics/index.ts';
import { attributionSchema } from './samples.ts';

/** The picture as it is, among its variants. */
export const unchangedVariant = 'unchanged';

/** A picture changed in one way and explained: for the class the unchanged picture is predicted as, or one by its index. */
export const variantQuestionSchema = questionSchema.omit({ initial: true }).extend({
  /** As the command line takes them: `blur@3`, `rotate:angle=90`, `noise=blur@4`; or `unchanged`. */
  variant: z.string().min(1).max(200),
  /** The map is the mean over one-pixel shifts of the input: less checker pattern, four times the work. */
  averageShifts: z.boolean().optional(),
});

/** A number, or the reason why there is none. */
const measurementSchema = z.object({ value: z.number().optional(), reason: z.string().optional() });

const namedClassSchema = z.object({ index: z.int(), label: z.string() });

/** Against the unchanged picture. */
const changeSchema = z.object({
  drift: z.number(),
  /** Another class is predicted. */
  flipped: z.boolean(),
  logitChangedSign: z.boolean(),
  /** Part of the picture in which the maps are compared. */
  validShare: z.number(),
  distances: z.object({
    spearman: measurementSchema,
    ssim: measurementSchema,
    topOverlap: measurementSchema,
    cosine: measurementSchema,
    signFlips: measurementSchema,
  }),
});

const resultSchema = attributionSchema.pick({ arraySha256: true, turned: true, effect: true, region: true }).extend({
  predicted: namedClassSchema,
  /** Of the explained class. */
  probability: z.number(),
  logit: z.number(),
  checker: measurementSchema,
  /** Absent of the unchanged picture itself. */
  change: changeSchema.optional(),
});

export const variantAnswerSchema = z.object({
  /** Names its picture and its map laid back on the data route. */
  id: z.int(),
  title: z.string(),
  /** Parameters, in words. */
  note: z.string(),
  target: namedClassSchema,
  /** Whether it was in the catalog before. */
  wasKnown: z.boolean(),
  /** Why the picture cannot be changed so; then there is no result. */
  reason: z.string().optional(),
  result: resultSchema.optional(),
});

const augmentationSchema = z.object({
  name: z.string(),
  title: z.string(),
  definition: z.string(),
  /** Steps of severity there are. */
  severities: z.int(),
});

const variantChoicesSchema = z.object({
  augmentations: z.array(augmentationSchema),
  /** Tested when nobody chooses. */
  usual: z.array(z.string()),
});

const cardNumberSchema = z.object({
  mean: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  /** Pictures that have the number. */
  cases: z.int(),
});

const qualityCardSchema = z.object({
  composite: z.string(),
  dataset: z.string(),
  pictures: z.int(),
  createdMs: z.number(),
  averageShifts: z.boolean(),
  means: z.record(z.enum(qualityOrder), cardNumberSchema),
  /** Structural similarity with the maps of shuffled models, few layers first. */
  randomization: z.array(z.object({ shuffled: z.int(), layers: z.int(), ssim: cardNumberSchema })),
  /** Of maps of different pictures. */
  pairSsim: measurementSchema,
  /** Absent where it could not be decided. */
  passesRandomization: z.boolean().optional(),
  sentences: z.array(z.string()),
});

export const robustnessContract = {
  /** What was found of a model's maps, the latest first. */
  cards: oc.input(z.object({ model: z.int() })).output(z.array(qualityCardSchema)),
  /** What can be done to pictures. */
  choices: oc.output(variantChoicesSchema),
  /** What becomes of prediction and map; computed and kept where the catalog has it not. */
  variant: oc.input(variantQuestionSchema).output(variantAnswerSchema),
};

export type VariantQuestion = z.infer<typeof variantQuestionSchema>;
export type VariantAnswer = z.infer<typeof variantAnswerSchema>;
export type VariantResult = z.infer<typeof resultSchema>;
export type VariantChoices = z.infer<typeof variantChoicesSchema>;
export type MeasurementView = z.infer<typeof measurementSchema>;
export type QualityCardView = z.infer<typeof qualityCardSchema>;
export type CardNumberView = z.infer<typeof cardNumberSchema>;
