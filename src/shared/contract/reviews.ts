import { oc } from '@orpc/contract';
import { z } from 'zod';
import { authorSchema, noteSchema, readerSchema } from '../marks/reader.ts';
import { verdicts } from '../marks/verdict.ts';
import { samplePageRequestSchema } from './samples.ts';

const reviewSchema = z.object({
  author: authorSchema,
  /** Absent while there is only a note. */
  verdict: z.enum(verdicts).optional(),
  note: noteSchema,
});

/** What readers think of samples. Every change is on the disk when its call returns. */
export const reviewsContract = {
  /** Of one sample, by author. */
  list: oc.input(z.object({ sample: z.int() })).output(z.array(reviewSchema)),
  /** In place of what the author said before; without verdict and note there is no review any more. */
  put: oc.input(reviewSchema.extend({ sample: z.int() })),
  /** The place in a list of the nearest sample without a verdict, round its end; absent where there is no other. */
  open: oc
    .input(
      z.object({
        list: samplePageRequestSchema,
        author: authorSchema,
        place: z.int().min(0),
        backwards: z.boolean().optional(),
      }),
    )
    .output(z.object({ place: z.int().optional() })),
};

/** Who sits at this workbench, and how they like to work. */
export const readerContract = {
  get: oc.output(readerSchema),
  put: oc.input(readerSchema),
};
