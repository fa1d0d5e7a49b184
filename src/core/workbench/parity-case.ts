import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { LightboxError } from '#shared/errors.ts';

/** A map the reference computed, and what was asked of it. */
export interface ReferenceMap {
  readonly file: string;
  readonly composite: string;
  /** The target of each picture. */
  readonly targets: readonly number[];
  readonly initial: 'one' | 'logit';
  /** Relative L2 distance of the reference's own float32 run from its float64 truth. */
  readonly float32Error: number | undefined;
}

/** A map under the condition that relevance flows through the named channels only. */
export interface ReferenceCondition extends Omit<ReferenceMap, 'targets'> {
  readonly image: number;
  readonly target: number;
  readonly channels: ReadonlyMap<string, readonly number[]>;
  /** Whether relevance that goes round the layer is kept. */
  readonly bypass: boolean;
}

/** Relevance of a layer summed over positions, per channel. */
export interface ReferenceConcepts extends ReferenceMap {
  readonly layer: string;
  /** The picture it was computed for; undefined where the file holds all of them. */
  readonly image: number | undefined;
}

/** A folder with a model, pictures and what the reference implementation computed for them. */
export interface ParityCase {
  readonly name: string;
  readonly folder: string;
  readonly modelPath: string;
  /** What ZBox was given, per channel or for all. */
  readonly low: number | readonly number[];
  readonly high: number | readonly number[];
  readonly maps: readonly ReferenceMap[];
  readonly conditions: readonly ReferenceCondition[];
  readonly concepts: readonly ReferenceConcepts[];
  /** Dimensions of each stored array by its name. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

const bound = z.union([z.number(), z.array(z.number())]);
const target = { target: z.number().int().optional(), targets: z.array(z.number().int()).optional() };
const entry = {
  ...target,
  composite: z.string(),
  initial: z.enum(['one', 'logit']),
  file: z.string(),
  zennit_float32_error: z.number().optional(),
};

const caseSchema = z.object({
  low: bound,
  high: bound,
  targets: z.array(z.number().int()).optional(),
  lrp: z.array(z.object(entry)),
  concept_relevance: z.array(z.object({ ...entry, layer: z.string(), image: z.number().int().optional() })).default([]),
  crp: z
    .array(
      z.object({
        ...entry,
        image: z.number().int().default(0),
        layer: z.string().optional(),
        concept: z.number().int().optional(),
        joint: z.record(z.string(), z.array(z.number().int())).optional(),
        bypass: z.boolean(),
      }),
    )
    .default([]),
  files: z.record(z.string(), z.array(z.number().int().positive())),
});

type CaseFile = z.infer<typeof caseSchema>;
type CaseEntry = CaseFile['lrp'][number];

/** Throws `case/invalid` naming the folder and what is wrong in it. */
export async function loadParityCase(folder: string): Promise<ParityCase> {
  const text = await readFile(path.join(folder, 'case.json'), 'utf8').catch((cause: unknown) => {
    throw new LightboxError(
      'case/invalid',
      `"${folder}" is not a reference case: it has no case.json that can be read.`,
      { cause },
    );
  });
  const content = parseCase(text, folder);
  const imageCount = content.files['input']?.[0] ?? 0;
  return {
    ...{ name: path.basename(path.resolve(folder)), folder, modelPath: path.join(folder, 'model.onnx') },
    ...{ low: content.low, high: content.high },
    maps: content.lrp.map((map) => readMap(map, imageCount)),
    concepts: content.concept_relevance.map((concept) => ({
      ...readMap(concept, imageCount),
      ...{ layer: concept.layer, image: concept.image },
    })),
    conditions: content.crp.map(readCondition),
    shapes: new Map(Object.entries(content.files)),
  };
}

function parseCase(text: string, folder: string): CaseFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new LightboxError('case/invalid', `"${folder}" is not a reference case: its case.json is not JSON.`, {
      cause,
    });
  }
  const parsed = caseSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown form';
  throw new LightboxError(
    'case/invalid',
    `"${folder}" is not a reference case: its case.json is not of the known form (${place}).`,
  );
}

function readMap(map: CaseEntry, imageCount: number): ReferenceMap {
  const targets = map.targets ?? Array.from({ length: imageCount }, () => map.target ?? 0);
  return { ...readEntry(map), targets };
}

function readCondition(condition: CaseFile['crp'][number]): ReferenceCondition {
  const { image, joint, layer = '', concept = 0, bypass } = condition;
  const channels = new Map(Object.entries(joint ?? { [layer]: [concept] }));
  return { ...readEntry(condition), target: condition.target ?? 0, image, channels, bypass };
}

function readEntry({
  file,
  composite,
  initial,
  zennit_float32_error: float32Error,
}: CaseEntry): Omit<ReferenceMap, 'targets'> {
  return { file, composite, initial, float32Error };
}

/**
 * An array of a case, little-endian float32. Throws `case/invalid` when it is missing or its length is not that of its dims.
 */
export async function loadCaseArray({ folder, shapes, name }: ParityCase, file: string): Promise<Float32Array> {
  const dims = shapes.get(file);
  const bytes = await readFile(path.join(folder, `${file}.f32`)).catch(() => undefined);
  const length = dims?.reduce((product, dim) => product * dim, 4);
  if (bytes === undefined || bytes.length !== length) {
    throw new LightboxError(
      'case/invalid',
      `Case "${name}" is incomplete: ${file}.f32 is missing or has another length than case.json says.`,
    );
  }
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
