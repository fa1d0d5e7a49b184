import { oc } from '@orpc/contract';
import { z } from 'zod';
import { authorSchema } from '../marks/reader.ts';
import { sampleFilterSchema } from './samples.ts';

const nameSchema = z.string().trim().min(1).max(60);

const queueSchema = z.object({
  id: z.int(),
  name: z.string(),
  count: z.int(),
  /** Samples the reader has given a verdict on, or locked where they read first. */
  done: z.int(),
  /** How it was drawn; absent where another version drew it. */
  seed: z.int().optional(),
  balanced: z.boolean().optional(),
});

/** Samples to be read in a fixed order. */
export const queuesContract = {
  list: oc
    .input(z.object({ dataset: z.int(), reader: authorSchema, firstReading: z.boolean() }))
    .output(z.array(queueSchema)),
  /** Draws so many of what a filter leaves; the same filter, number and seed draw the same. */
  draw: oc
    .input(
      z.object({
        from: sampleFilterSchema,
        name: nameSchema,
        count: z.int().min(1).max(100_000),
        seed: z.int().min(0),
        /** As many of each class as of any other, as far as there are so many. */
        balanced: z.boolean(),
      }),
    )
    .output(z.object({ id: z.int(), count: z.int() })),
  /** What was said of its samples stays. */
  delete: oc.input(z.object({ id: z.int() })),
};

export type QueueView = z.infer<typeof queueSchema>;
