import { z } from 'zod';

const hashSchema = z.string().regex(/^[\da-f]{64}$/);

/** A part of a bundle: what its bytes must be. */
const partSchema = z.object({ sha256: hashSchema, bytes: z.int().min(0) });

const sampleSchema = z.object({
  /** Of the picture's file where the study was made. */
  contentSha256: hashSchema,
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  /** The pixels alone as PNG, at `pictures/SHA256.png`, where pictures came along. */
  picture: partSchema.optional(),
});

const modelSchema = z.object({
  sha256: hashSchema,
  title: z.string().max(1000).optional(),
  labels: z.array(z.string().max(1000)).max(100_000),
});

const settingSchema = z.object({
  /** SHA-256 of the model. */
  model: hashSchema,
  kind: z.enum(['prediction', 'attribution', 'concept', 'variant', 'quality']),
  sha256: hashSchema,
  settings: z.record(z.string(), z.unknown()),
});

/**
 * `manifest.json` of a study bundle (docs/study-bundle.md). Samples and models are told by the SHA-256 of their files, so that no
 * file name travels; marks and verdicts lie in `marks.json`.
 */
export const studyManifestSchema = z.object({
  format: z.literal('relevance-lightbox/study'),
  version: z.literal(1),
  /** Of the program that wrote it. */
  program: z.string().max(100),
  marks: partSchema,
  samples: z.array(sampleSchema).max(1_000_000),
  models: z.array(modelSchema).max(10_000),
  settings: z.array(settingSchema).max(10_000),
});

export type StudyManifest = z.infer<typeof studyManifestSchema>;
export type StudySample = StudyManifest['samples'][number];

/** Not `.lightbox`, which catalogs are called. */
export const STUDY_ENDING = '.lightbox-study';
