import { z } from 'zod';
import { windowFunctions } from '../grey-window.ts';

export const pictureFactsRequestSchema = z.object({ sample: z.int() });

const windowSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('window'),
    center: z.number(),
    width: z.number(),
    function: z.enum(windowFunctions),
    /** The file's own words for it. */
    explanation: z.string().optional(),
  }),
  z.object({
    kind: z.literal('table'),
    /** The value the first entry stands for. */
    first: z.number(),
    entries: z.array(z.int()),
    /** White is 2^bits - 1. */
    bits: z.int(),
    explanation: z.string().optional(),
  }),
]);

const greySchema = z.object({
  /** What the file offers to show its values by, its first choice first. */
  windows: z.array(windowSchema),
  /** MONOCHROME1: low values are shown white, turned last of all. */
  isInverted: z.boolean(),
  modality: z.string().optional(),
  /** Of the values: HU, OD; absent where the file does not say. */
  unit: z.string().optional(),
  /** value = stored x slope + intercept; absent where a lookup table does it. */
  rescale: z.object({ slope: z.number(), intercept: z.number() }).optional(),
  bitsStored: z.int(),
});

/** What a model is given of a picture. */
const modelInputSchema = z.object({
  /** The setup whose preprocessing it is, for `data/model-input`. */
  setup: z.int(),
  model: z.string(),
  /** Pixels of the model's input. */
  width: z.int(),
  height: z.int(),
  /** The part of the picture the model sees, in the picture's pixels. */
  region: z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() }),
});

export const pictureFactsSchema = z.object({
  /** Of a grey DICOM file; other pictures show their samples as they are. */
  grey: greySchema.optional(),
  /** Sentences about what was changed or left out while reading. */
  warnings: z.array(z.string()),
  inputs: z.array(modelInputSchema),
});

export type PictureFacts = z.infer<typeof pictureFactsSchema>;
export type GreyFacts = z.infer<typeof greySchema>;
export type FileWindow = z.infer<typeof windowSchema>;
export type ModelInputView = z.infer<typeof modelInputSchema>;
