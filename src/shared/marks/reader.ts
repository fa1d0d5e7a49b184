import { z } from 'zod';

/** Who marks and judges. A name readers give themselves; never taken from the system. */
export const authorSchema = z.string().trim().min(1).max(60);
export const noteSchema = z.string().max(4000);

export const readerSchema = z.object({
  name: authorSchema,
  /** A verdict leads to the next case without one. */
  advances: z.boolean(),
  /** What models say is hidden until the reader has said something. */
  readsFirst: z.boolean(),
});

export type Reader = z.infer<typeof readerSchema>;

export const firstReader: Reader = { name: 'Reader 1', advances: false, readsFirst: false };
