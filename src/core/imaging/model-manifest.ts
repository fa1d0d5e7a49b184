import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import { defaultResizeTo, torchvisionRecipe } from './input-recipe.ts';
import { manifestSchema } from './manifest-schema.ts';
import type { ModelManifest } from './manifest-schema.ts';

export interface LoadedManifest {
  readonly manifest: ModelManifest;
  /** `default`: there is no manifest file and torchvision's preprocessing is assumed. */
  readonly source: 'file' | 'default';
  /** The manifest file, found or looked for. */
  readonly path: string;
}

/** The part of a model's own input shape that is known; a dynamic axis is left out. */
export interface ModelInputShape {
  readonly channels?: number;
  readonly height?: number;
  readonly width?: number;
}

/** `x.onnx` -> `x.manifest.json`, in the same folder. */
export const manifestPath = (modelPath: string): string => `${modelPath.replace(/\.onnx$/i, '')}.manifest.json`;

/**
 * Load the manifest beside a model. Without one, torchvision's preprocessing at the model's own input size.
 * @throws LightboxError `manifest/invalid` naming the file, the field and the problem.
 */
export async function loadManifest(modelPath: string, modelInput: ModelInputShape = {}): Promise<LoadedManifest> {
  const path = manifestPath(modelPath);
  const text = await findManifestText(path);
  if (text === undefined) return { manifest: defaultManifest(modelInput), source: 'default', path };
  return { manifest: readManifest(text, basename(path)), source: 'file', path };
}

/**
 * Read a manifest's JSON text; missing input fields take torchvision's values.
 * @throws LightboxError `manifest/invalid`.
 */
export function readManifest(text: string, name: string): ModelManifest {
  const parsed = manifestSchema.safeParse(parseJson(text, name));
  if (parsed.success) return parsed.data;
  const [issue, ...others] = parsed.error.issues;
  const field = issue && issue.path.length > 0 ? `${z.core.toDotPath(issue.path)}: ` : '';
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  throw new LightboxError(
    'manifest/invalid',
    `${name} is not a valid manifest: ${field}${issue?.message ?? ''}${more}.`,
  );
}

/** torchvision's recipe at the model's own size; one-channel models get plain [0, 1] pixels. */
export function defaultManifest(modelInput: ModelInputShape = {}): ModelManifest {
  const { channels = 3, width = torchvisionRecipe.width, height = torchvisionRecipe.height } = modelInput;
  const grey = { channels: 'grey', mean: [0], std: [1] } as const;
  const resizeTo = defaultResizeTo(width, height);
  return {
    input: { ...torchvisionRecipe, ...(channels === 1 ? grey : {}), width, height, resizeTo },
    labels: [],
  };
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new LightboxError('manifest/invalid', `${name} is not valid JSON: ${problem}.`, { cause });
  }
}

async function findManifestText(path: string): Promise<string | undefined> {
  const invalid = (problem: string, cause?: unknown): LightboxError =>
    new LightboxError('manifest/invalid', `${basename(path)} ${problem}.`, { cause });
  try {
    const status = await stat(path);
    if (!status.isFile()) throw invalid('is not a file');
    if (status.size > limits.manifest.fileBytes) throw invalid('is larger than 4 MB, too large for a manifest');
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof LightboxError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw invalid(`cannot be read (${code ?? String(cause)})`, cause);
  }
}
