import { z } from 'zod';

/** What a figure is to show, and how it is laid out. */
export const figureChoiceSchema = z.object({
  kind: z.enum(['composites', 'augmentations', 'concepts', 'samples']),
  dataset: z.int(),
  split: z.string().optional(),
  /** Of the catalog, a panel each; none on a sheet of samples. */
  models: z.array(z.int()).max(6),
  /** These samples alone; else some of each class, drawn by the seed. */
  samples: z.array(z.int()).max(24).optional(),
  perClass: z.int().min(1).max(12),
  seed: z.int().min(1),
  /** All for a figure of composites, EpsilonPlusFlat for the others, when not given. */
  composites: z.array(z.string()).optional(),
  target: z.string().optional(),
  /** For a screen when not given. */
  widthMm: z.number().min(40).max(500).optional(),
  theme: z.enum(['print', 'dark']),
  scale: z.enum(['map', 'row', 'all']),
  show: z.enum(['map', 'overlay']),
  threshold: z.number().min(0).max(1),
  casesDown: z.boolean(),
  panelsAcross: z.int().min(1).max(3),
});

export const figureFormats = ['svg', 'png', 'pdf'] as const;

export const figureRequestSchema = z.object({ choice: figureChoiceSchema, format: z.enum(figureFormats) });

export const madeFigureSchema = z.object({
  /** Of the file; it lies at `dataAddress.figure`. */
  sha256: z.string(),
  bytes: z.int(),
  seconds: z.number(),
});

export type FigureChoice = z.infer<typeof figureChoiceSchema>;
export type FigureFormat = (typeof figureFormats)[number];
export type MadeFigure = z.infer<typeof madeFigureSchema>;
