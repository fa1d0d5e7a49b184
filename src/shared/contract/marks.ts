import { oc } from '@orpc/contract';
import { z } from 'zod';
import { markShapeSchema } from '../marks/mark-shape.ts';
import { marksExportRequestSchema, marksFileSchema, marksImportReportSchema } from '../marks/marks-file.ts';
import { authorSchema, noteSchema } from '../marks/reader.ts';

const kindSchema = z.string().min(1).max(60);

const markSchema = z.object({
  id: z.int(),
  /** One of `markKinds`; a catalog may hold others. */
  kind: z.string(),
  author: z.string(),
  note: z.string(),
  createdMs: z.number(),
  /** Absent where the catalog holds a shape that cannot be drawn. */
  shape: markShapeSchema.optional(),
  /** Why there is no shape, in a sentence. */
  fault: z.string().optional(),
});

/** What readers draw. Every change is on the disk when its call returns. */
export const marksContract = {
  /** Of one sample, in the order in which they were drawn. */
  list: oc.input(z.object({ sample: z.int() })).output(z.array(markSchema)),
  insert: oc
    .input(
      z.object({
        sample: z.int(),
        kind: kindSchema,
        shape: markShapeSchema,
        author: authorSchema,
        note: noteSchema,
      }),
    )
    .output(markSchema),
  update: oc
    .input(
      z.object({
        id: z.int(),
        kind: kindSchema.optional(),
        shape: markShapeSchema.optional(),
        note: noteSchema.optional(),
      }),
    )
    .output(markSchema),
  delete: oc.input(z.object({ id: z.int() })),
  /** All marks and reviews, to be carried to another catalog. */
  export: oc.input(marksExportRequestSchema).output(marksFileSchema),
  /** A call carries 1 MiB at most; what is larger comes in parts, or by the command line. */
  import: oc.input(marksFileSchema).output(marksImportReportSchema),
};

export type MarkView = z.infer<typeof markSchema>;
