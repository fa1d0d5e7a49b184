import { z } from 'zod';
import { markShapeSchema } from '#shared/marks/mark-shape.ts';
import { providerChoices } from '#shared/providers.ts';
import { windowFunctions, type ShownPart } from '#core/imaging/index.ts';

/** Figures of maps, by what stands below the picture: one map for each composite, of each changed picture, or of each layer's concept. */
export const mapFigureKinds = ['composites', 'augmentations', 'concepts'] as const;

/** Whose values the ends of the colors stand for: of each map, of all maps of a row, of all maps. */
export const scaleOwners = ['map', 'row', 'all'] as const;

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

const lookSchema = z.object({
  title: z.string().max(300).optional(),
  theme: z.enum(['print', 'dark']).optional(),
  widthMm: z.number().optional(),
  colorMap: z.string().optional(),
  scale: z.enum(scaleOwners),
  /** Fixed values of the colors' ends, instead of those of the maps. */
  range: z.tuple([z.number(), z.number()]).optional(),
  /** Share of the colors' end below which relevance is shown as none. */
  threshold: z.number().min(0).max(1),
  /** The map alone, or over the picture. */
  show: z.enum(['map', 'overlay']),
  casesDown: z.boolean(),
  panelsAcross: z.int().min(1).max(6),
});

const shownForm = z.object({
  frame: z.int().min(0).optional(),
  window: z
    .union([
      z.literal('full-range'),
      z.int().min(0),
      z.object({ center: z.number(), width: z.number(), function: z.enum(windowFunctions).optional() }),
    ])
    .optional(),
});

const shownSchema = z.custom<ShownPart>((value) => shownForm.safeParse(value).success);

const computing = { provider: z.enum(providerChoices), shown: shownSchema.optional() };

const pictureSchema = z.object({ sha256: hashSchema, label: z.string().optional() });

const mapsSchema = z.object({
  kind: z.enum(mapFigureKinds),
  /** Models and pictures by the SHA-256 of their files. */
  panels: z
    .array(z.object({ model: hashSchema, pictures: z.array(pictureSchema).min(1) }))
    .min(1)
    .max(24),
  composites: z.array(z.string()).min(1),
  target: z.string(),
  variants: z.array(z.string()),
  seed: z.int(),
  /** Of concepts; three from shallow to deep where none are named. */
  layers: z.array(z.string()).optional(),
  look: lookSchema,
  ...computing,
});

const samplesSchema = z.object({
  kind: z.literal('samples'),
  dataset: z.string(),
  split: z.string().optional(),
  seed: z.int(),
  columns: z.int().optional(),
  classes: z.array(z.object({ label: z.string(), count: z.int(), pictures: z.array(hashSchema) })),
  look: lookSchema,
  shown: shownSchema.optional(),
});

const auditSchema = z.object({
  kind: z.literal('audit'),
  model: hashSchema,
  picture: hashSchema,
  /** The border ring where there is none. */
  mark: markShapeSchema.optional(),
  composite: z.string(),
  controls: z.int(),
  seed: z.int(),
  look: lookSchema,
  ...computing,
});

/** Everything that decides a figure but the models and pictures, which it names by their hashes. No names of files. */
export const figureRecipeSchema = z.discriminatedUnion('kind', [mapsSchema, samplesSchema, auditSchema]);

export type FigureRecipe = z.infer<typeof figureRecipeSchema>;
export type MapsRecipe = z.infer<typeof mapsSchema>;
export type SamplesRecipe = z.infer<typeof samplesSchema>;
export type AuditRecipe = z.infer<typeof auditSchema>;
export type FigureLookChoice = z.infer<typeof lookSchema>;
