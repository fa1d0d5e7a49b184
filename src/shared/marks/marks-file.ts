import { z } from 'zod';
import { markShapeSchema } from './mark-shape.ts';
import { authorSchema, noteSchema } from './reader.ts';
import { opinions, verdicts } from './verdict.ts';

const markSchema = z.object({
  kind: z.string().min(1).max(60),
  shape: markShapeSchema,
  author: authorSchema,
  note: noteSchema,
  createdMs: z.number().optional(),
});

const reviewSchema = z.object({
  author: authorSchema,
  verdict: z.enum(verdicts).optional(),
  note: noteSchema,
  updatedMs: z.number(),
  /** From when on it stands; absent where it was not locked. */
  lockedMs: z.number().optional(),
});

const secondLookSchema = z.object({
  author: authorSchema,
  opinion: z.enum(opinions).optional(),
  verdict: z.enum(verdicts).optional(),
  createdMs: z.number(),
});

/**
 * Marks and reviews on their way to another catalog. Samples are told by the SHA-256 of their files, so that no name travels;
 * `path` (within the dataset's folder) is there where it was asked for. Shapes are in pixels of the picture, whose size comes along.
 */
export const marksFileSchema = z.object({
  format: z.literal('relevance-lightbox/marks'),
  version: z.literal(1),
  samples: z.array(
    z.object({
      contentSha256: z.string().regex(/^[\da-f]{64}$/),
      width: z.int().optional(),
      height: z.int().optional(),
      path: z.string().optional(),
      marks: z.array(markSchema),
      reviews: z.array(reviewSchema),
      /** What was said after the answers were locked, in that order. */
      secondLooks: z.array(secondLookSchema).optional(),
    }),
  ),
});

export const marksExportRequestSchema = z.object({
  /** By name; of all datasets if not given. */
  dataset: z.string().optional(),
  /** Whether paths of files come along, which may name patients. */
  paths: z.boolean().optional(),
});

export const marksImportReportSchema = z.object({
  /** Marks and reviews that were not there before. */
  marks: z.int(),
  reviews: z.int(),
  /** Those that were there already, or newer. */
  known: z.int(),
  /** Samples of the file that no dataset has. */
  missing: z.int(),
});

export type MarksFile = z.infer<typeof marksFileSchema>;
export type MarksExportRequest = z.infer<typeof marksExportRequestSchema>;
export type MarksImportReport = z.infer<typeof marksImportReportSchema>;
