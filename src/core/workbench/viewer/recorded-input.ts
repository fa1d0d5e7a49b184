import { z } from 'zod';
import type { InputRecipe } from '#core/imaging/index.ts';

const sizeSchema = z.object({ width: z.int().min(1), height: z.int().min(1) });

/** A preprocessing as results record it. One without a size is another program's, and tells nothing of what the model saw. */
export const recordedInputSchema = z.custom<InputRecipe>((value) => sizeSchema.safeParse(value).success);
