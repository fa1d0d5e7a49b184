import { oc } from '@orpc/contract';
import { z } from 'zod';
import { authorSchema, noteSchema, readerSchema } from '../marks/reader.ts';
import { opinions, verdicts } from '../marks/verdict.ts';
import { samplePageRequestSchema } from './samples.ts';

const reviewSchema = z.object({
  author: authorSchema,
  /** Absent while there is only a note. */
  verdict: z.enum(verdicts).optional(),
  note: noteSchema,
  /** From when on it stands; absent while it can be changed. */
  lockedMs: z.number().optional(),
});

const secondLookSchema = z.object({
  author: authorSchema,
  /** Of the model's answer. */
  opinion: z.enum(opinions).optional(),
  /** What the reader thinks of the sample since they know it. */
  verdict: z.enum(verdicts).optional(),
});

/** What readers think of samples. Every change is on the disk when its call returns. */
export const reviewsContract = {
  /** Of one sample, by author. */
  list: oc.input(z.object({ sample: z.int() })).output(z.array(reviewSchema)),
  /** In place of what the author said before; without verdict and note there is no review any more. */
  put: oc.input(reviewSchema.omit({ lockedMs: true }).extend({ sample: z.int() })),
  /** The author's answer stands from now on. */
  lock: oc.input(z.object({ sample: z.int(), author: authorSchema })),
  /** What readers said once they knew what the model says, in that order; the latest of an author holds. */
  secondLooks: oc
    .input(z.object({ sample: z.int() }))
    .output(z.array(secondLookSchema.extend({ createdMs: z.number() }))),
  /** Adds one; those before stay. */
  lookAgain: oc.input(secondLookSchema.extend({ sample: z.int() })),
  /** The place in a list of the nearest sample without a verdict, round its end; absent where there is no other. */
  open: oc
    .input(
      z.object({
        list: samplePageRequestSchema,
        author: authorSchema,
        place: z.int().min(0),
        backwards: z.boolean().optional(),
        /** A verdict that is not locked leaves a sample open. */
        untilLocked: z.boolean().optional(),
      }),
    )
    .output(z.object({ place: z.int().optional() })),
};

/** Who sits at this workbench, and how they like to work. */
export const readerContract = {
  get: oc.output(readerSchema),
  put: oc.input(readerSchema),
};
