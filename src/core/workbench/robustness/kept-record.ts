import { z } from 'zod';
import type { KeptVariant } from '#core/catalog/index.ts';
import { isAugmentationName, type AugmentationName, type Variant } from '#core/imaging/index.ts';
import { readPrediction } from '../prediction.ts';
import type { PictureStudy, VariantRecord } from './robustness-record.ts';
import { describeNothing } from './study-picture.ts';

const number = z.union([z.number(), z.nan()]);
const measurementSchema = z.object({ value: number, reason: z.string().exactOptional() });
const namedClass = z.object({ index: z.int(), label: z.string() });

/** What the catalog keeps beside a variant's map. */
const recordSchema = z.object({
  drawn: z.record(z.string(), z.number()),
  predicted: namedClass,
  target: z.object({ logit: number, probability: number }),
  drift: number,
  flipped: z.boolean(),
  logitChangedSign: z.boolean(),
  validShare: number,
  distances: z.object({
    spearman: measurementSchema,
    ssim: measurementSchema,
    topOverlap: measurementSchema,
    cosine: measurementSchema,
    signFlips: measurementSchema,
  }),
  checker: measurementSchema,
});

const originalSchema = z.object({ checker: measurementSchema });

const reasonSchema = z.object({ reason: z.string() });

/** A variant as it was measured; undefined where the catalog holds it in another form, and it is to be computed anew. */
export function readKeptRecord(
  { variant: id, measured, arraySha256 }: KeptVariant,
  labels: readonly string[],
): VariantRecord | undefined {
  if (arraySha256 === undefined) {
    const reason = reasonSchema.safeParse(measured).data?.reason;
    return reason === undefined ? undefined : describeNothing(id, reason);
  }
  const record = recordSchema.safeParse(measured).data;
  if (!record) return undefined;
  // Names of classes are those of today.
  const { index, label } = record.predicted;
  return { id, ...record, predicted: { index, label: labels[index] ?? label } };
}

/** What was found of the unchanged picture; undefined as above. */
export function readKeptOriginal(
  { measured, logits, target }: KeptVariant,
  labels: readonly string[],
): Pick<PictureStudy, 'predicted' | 'target' | 'checker'> | undefined {
  const checker = originalSchema.safeParse(measured).data?.checker;
  if (!logits || !checker) return undefined;
  const { index, label, classes } = readPrediction(logits, labels);
  const explained = classes[target];
  return explained && { predicted: { index, label }, target: explained, checker };
}

const parametersSchema = z.record(z.string(), z.number());
const nameSchema = z.custom<AugmentationName>((name) => typeof name === 'string' && isAugmentationName(name));

const definitionSchema: z.ZodType<Variant> = z.lazy(() =>
  z.object({
    augmentation: nameSchema,
    parameters: parametersSchema,
    seed: z.number().exactOptional(),
    severity: z.number().exactOptional(),
    like: definitionSchema.exactOptional(),
  }),
);

/** The augmentation with everything settled; undefined of the unchanged picture, or where this version has no such augmentation. */
export const readDefinition = ({ definition }: KeptVariant): Variant | undefined =>
  definitionSchema.safeParse(definition).data;
