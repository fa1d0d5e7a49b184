import { z } from 'zod';

const coordinate = z.number().min(-100_000).max(100_000);
const extent = z.number().positive().max(200_000);
const pointSchema = z.tuple([coordinate, coordinate]);
const boxFields = { left: coordinate, top: coordinate, width: extent, height: extent };

/** [x, y] in pixels of the picture; whole numbers are edges of pixels, so the first pixel's middle is (0.5, 0.5). */
export type Point = z.infer<typeof pointSchema>;

/** What a reader drew, in pixels of the picture. An ellipse fills its box; a stroke that erases takes away what lies under it so far. */
export const markShapeSchema = z.discriminatedUnion('form', [
  z.object({ form: z.literal('rectangle'), ...boxFields }),
  z.object({ form: z.literal('ellipse'), ...boxFields }),
  z.object({ form: z.literal('polygon'), points: z.array(pointSchema).min(3).max(2000) }),
  z.object({
    form: z.literal('brush'),
    strokes: z
      .array(
        z.object({
          radius: z.number().positive().max(2000),
          points: z.array(pointSchema).min(1).max(5000),
          erases: z.boolean(),
        }),
      )
      .min(1)
      .max(200),
  }),
]);

export type MarkShape = z.infer<typeof markShapeSchema>;
