/** Groups of maps of a class that are alike, as they are shown. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { regionSchema } from './samples.ts';

/** What decides a grouping but the maps themselves. */
export const groupingSettingsSchema = z.object({
  /** The setup the maps were made by. */
  setup: z.int(),
  /** The class they speak for. */
  target: z.int(),
  /** Maps are pooled to side x side cells. */
  side: z.int().min(4).max(64),
  /** Of each map's nearest so many are joined with it; by the number of maps when not given. */
  neighbours: z.int().min(1).optional(),
  /** Groups; by the eigengap when not given. */
  count: z.int().min(2).optional(),
  /** The eigengap chooses among 2 to so many. */
  mostGroups: z.int().min(2).max(30),
  seed: z.int(),
});

/** A grouping as the catalog keeps it: what is told of pictures beside it is looked up when it is shown. */
export const keptGroupingSchema = z.object({
  /** A hash over the maps it was made from. */
  input: z.string(),
  neighbours: z.int(),
  components: z.int(),
  method: z.enum(['dense', 'Lanczos']),
  eigenvalues: z.array(z.number()),
  silhouette: z.number(),
  /** Maps there were, where only some of them, drawn at random, were taken. */
  drawnFrom: z.int().optional(),
  leftOut: z.object({ constant: z.int(), notFinite: z.int(), unreadable: z.int() }),
  /** Of each group the mean of its pooled maps, row by row; each map has length 1 there. */
  means: z.array(z.array(z.number())),
  points: z.array(
    z.object({
      id: z.int(),
      arraySha256: z.string(),
      group: z.int(),
      x: z.number(),
      y: z.number(),
      silhouette: z.number(),
      /** To the mean of its group. */
      distance: z.number(),
    }),
  ),
});

const shareSchema = z.object({ name: z.string(), count: z.int() });

const groupViewSchema = z.object({
  /** From 0, the largest first. */
  group: z.int(),
  size: z.int(),
  silhouette: z.number(),
  mean: z.array(z.number()),
  /** The members nearest the mean. */
  nearest: z.array(z.int()),
  labels: z.array(shareSchema),
  predicted: z.array(shareSchema),
  splits: z.array(shareSchema),
  /** Marks and masks of what a model should not look at: in the group, and in all other groups together. */
  regions: z.array(
    z.object({
      region: z.string(),
      inGroup: z.int(),
      inRest: z.int(),
      rest: z.int(),
      oddsRatio: z.number(),
      interval: z.object({ low: z.number(), high: z.number() }),
    }),
  ),
});

const pointViewSchema = z.object({
  id: z.int(),
  contentSha256: z.string(),
  arraySha256: z.string(),
  group: z.int(),
  x: z.number(),
  y: z.number(),
  silhouette: z.number(),
  label: z.string().optional(),
  split: z.string().optional(),
  predicted: z.string().optional(),
  regions: z.array(z.string()),
  width: z.int(),
  height: z.int(),
  /** The part of the picture the model saw. */
  region: regionSchema,
  /** Whether relevance below zero speaks for the class. */
  turned: z.boolean(),
});

export const groupingViewSchema = z.object({
  ...keptGroupingSchema.omit({ means: true, points: true }).shape,
  id: z.int(),
  dataset: z.string(),
  model: z.object({ title: z.string(), sha256: z.string() }),
  composite: z.string(),
  /** Whose class the maps were asked for: `predicted`, `label`, or a class. */
  asked: z.string(),
  label: z.string(),
  settings: groupingSettingsSchema,
  /** Of this program. */
  version: z.string(),
  createdMs: z.number(),
  groups: z.array(groupViewSchema),
  /** Samples that have been removed since are left out. */
  points: z.array(pointViewSchema),
});

const groupingEntrySchema = z.object({ id: z.int(), createdMs: z.number(), settings: groupingSettingsSchema });

export const groupsContract = {
  /** Groupings of a dataset, the latest first. */
  list: oc.input(z.object({ dataset: z.int() })).output(z.array(groupingEntrySchema)),
  get: oc.input(z.object({ id: z.int() })).output(groupingViewSchema),
  /** Classes a setup has maps for in a dataset, and how many. */
  classes: oc
    .input(z.object({ dataset: z.int(), setup: z.int() }))
    .output(z.array(z.object({ target: z.int(), label: z.string(), maps: z.int() }))),
};

export type GroupingSettings = z.infer<typeof groupingSettingsSchema>;
export type KeptGrouping = z.infer<typeof keptGroupingSchema>;
export type GroupingView = z.infer<typeof groupingViewSchema>;
export type GroupView = z.infer<typeof groupViewSchema>;
export type PointView = z.infer<typeof pointViewSchema>;
export type GroupingEntry = z.infer<typeof groupingEntrySchema>;
