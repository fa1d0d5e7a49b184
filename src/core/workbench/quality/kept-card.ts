import { z } from 'zod';
import type { KeptCard } from '#core/catalog/index.ts';
import { findCaution } from '#shared/composite-cautions.ts';
import { qualityOrder } from '#shared/metrics/index.ts';
import type { QualityCard } from './quality-record.ts';

const number = z.union([z.number(), z.nan()]);
const measurementSchema = z.object({ value: number, reason: z.string().exactOptional() });
const meanSchema = z
  .object({
    ...{ mean: number, cases: z.int(), unit: z.enum(['patient', 'case']) },
    interval: z.object({ low: number, high: number, draws: z.int() }).optional(),
  })
  .transform(({ interval, ...rest }) => ({ ...rest, interval }));

const pictureSchema = z.object({
  ...{ position: z.int(), sha256: z.string(), target: z.string(), other: z.string() },
  ...{ measures: z.record(z.enum(qualityOrder), measurementSchema), randomGains: z.array(number) },
});

const cardSchema = z.object({
  composite: z.string(),
  pictures: z.array(pictureSchema),
  means: z.record(z.enum(qualityOrder), meanSchema),
  randomization: z.array(
    z.object({
      shuffled: z.int(),
      layers: z.int(),
      spearman: meanSchema,
      ssim: meanSchema,
      reason: z.string().exactOptional(),
    }),
  ),
  pairSsim: measurementSchema,
  passesRandomization: z.boolean().optional(),
  sentences: z.array(z.string()),
});

/** A card as it was measured; undefined where the catalog holds it in another form, and it is to be measured anew. */
export function readKeptCard({ card }: Pick<KeptCard, 'card'>): QualityCard | undefined {
  const read = cardSchema.safeParse(card).data;
  if (!read) return undefined;
  const { passesRandomization, ...rest } = read;
  return { ...rest, caution: findCaution(read.composite), passesRandomization };
}
