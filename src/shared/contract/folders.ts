import { z } from 'zod';
import { importRequestSchema } from './jobs.ts';
import { layoutNames } from '../samples.ts';

/** The user's home folder when not given. */
export const folderRequestSchema = z.object({ path: z.string().optional() });

/** What stands in a folder: folders, and how much there is that can be opened. */
export const folderSchema = z.object({
  path: z.string(),
  /** Absent at the top. */
  parent: z.string().optional(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
  /** Picture files right in this folder. */
  pictures: z.int(),
  /** ONNX files right in this folder. */
  models: z.array(z.object({ name: z.string(), path: z.string() })),
});

export const importPlanRequestSchema = importRequestSchema;

const tableSchema = z.object({
  /** A part of the dataset: lung, infection. */
  collection: z.string().optional(),
  splits: z.array(z.string().nullable()),
  labels: z.array(z.string().nullable()),
  /** splits x labels. */
  counts: z.array(z.array(z.int())),
});

/** What an import would bring, before anything is written. */
export const importPlanSchema = z.object({
  folder: z.string(),
  name: z.string(),
  layout: z.enum(layoutNames),
  /** Why the folder was taken for this layout. */
  reason: z.string(),
  total: z.int(),
  tables: z.array(tableSchema),
  sentences: z.array(z.string()),
  warnings: z.array(z.string()),
  /** Why it cannot be imported under this name; absent where it can. */
  conflict: z.string().optional(),
  /** Whether the catalog has the dataset already, so that the import brings it up to date. */
  isKnown: z.boolean(),
});

export type FolderView = z.infer<typeof folderSchema>;
export type ImportPlanView = z.infer<typeof importPlanSchema>;
