import { z } from 'zod';

const modelSchema = z.object({
  id: z.int(),
  /** Its title, or its file's name. */
  name: z.string(),
  file: z.string(),
  labels: z.array(z.string()),
  /** Where its file was last used; absent for models entered before that was kept. */
  path: z.string().optional(),
  /** Whether the file is there now. */
  isThere: z.boolean(),
});

const recipeSchema = z.object({
  width: z.int(),
  height: z.int(),
  channels: z.enum(['rgb', 'bgr', 'grey']),
  resize: z.string(),
  fit: z.string(),
  resizeTo: z.int(),
  range: z.array(z.number()),
  mean: z.array(z.number()),
  std: z.array(z.number()),
});

const layerSchema = z.object({
  name: z.string(),
  type: z.string(),
  channels: z.int(),
  height: z.int().optional(),
  width: z.int().optional(),
  /** By composite. */
  rules: z.record(z.string(), z.string()),
});

export const modelDetailsSchema = z.object({
  recipe: recipeSchema,
  /** Whether a manifest beside the model says so; else torchvision's preprocessing is assumed. */
  hasManifest: z.boolean(),
  opset: z.int().optional(),
  producer: z.string(),
  parameterCount: z.number(),
  composites: z.array(z.string()),
  layers: z.array(layerSchema),
  notes: z.array(z.string()),
});

/** What one picture becomes before the model sees it. */
export const inputCheckSchema = z.object({
  min: z.number(),
  mean: z.number(),
  max: z.number(),
  /** What black and white become, over all channels. */
  black: z.number(),
  white: z.number(),
  warnings: z.array(z.string()),
});

const perClass = z.array(z.number().nullable());

export const modelEvaluationSchema = z.object({
  labels: z.array(z.string()),
  cases: z.int(),
  accuracy: z.number(),
  balancedAccuracy: z.number(),
  meanAuc: z.number().nullable(),
  /** In the order of the labels; null where it is not defined. */
  auc: perClass,
  sensitivity: perClass,
  specificity: perClass,
  /** A row for each true class, a column for each predicted one. */
  confusion: z.array(z.array(z.int())),
  warnings: z.array(z.string()),
});

export const modelListSchema = z.array(modelSchema);
export const modelChoiceSchema = z.object({ id: z.int() });
export const modelPathSchema = z.object({ path: z.string().min(1) });
export const inputCheckRequestSchema = z.object({ model: z.int(), sample: z.int() });
export const evaluationRequestSchema = z.object({
  /** Of predictions. */
  setup: z.int(),
  dataset: z.int(),
  split: z.string().optional(),
});

export type ModelView = z.infer<typeof modelSchema>;
export type ModelDetails = z.infer<typeof modelDetailsSchema>;
export type ModelEvaluation = z.infer<typeof modelEvaluationSchema>;
export type InputCheck = z.infer<typeof inputCheckSchema>;
