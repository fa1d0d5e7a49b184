import { z } from 'zod';

const groupSchema = z.object({ split: z.string(), label: z.string(), count: z.int() });

const setupSchema = z.object({
  id: z.int(),
  kind: z.enum(['prediction', 'attribution']),
  modelId: z.int(),
  /** The model's title, or its file's name. */
  model: z.string(),
  labels: z.array(z.string()),
  /** The composite's name, and what was explained; empty for predictions. */
  composite: z.string(),
  /** Those that have results of it. */
  datasets: z.array(z.int()),
  target: z.string(),
});

export const overviewSchema = z.object({
  datasets: z.array(z.object({ id: z.int(), name: z.string(), layout: z.string(), groups: z.array(groupSchema) })),
  /** What results can be shown with: a model and the settings it was run with. */
  setups: z.array(setupSchema),
  /** The composites there are, by name. */
  composites: z.array(z.string()),
});

export type Overview = z.infer<typeof overviewSchema>;
export type SetupView = z.infer<typeof setupSchema>;
