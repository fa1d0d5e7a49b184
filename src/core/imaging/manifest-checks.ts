import { basename } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { channelCount } from './input-recipe.ts';
import type { ModelManifest } from './manifest-schema.ts';
import type { LoadedManifest, ModelInputShape } from './model-manifest.ts';

/**
 * A manifest that names classes must name all of them.
 * @throws LightboxError `manifest/invalid` when the number of labels is not the number of outputs.
 */
export function checkLabels({ manifest, path }: LoadedManifest, classCount: number): void {
  const { length } = manifest.labels;
  if (length === 0 || length === classCount) return;
  throw new LightboxError(
    'manifest/invalid',
    `${basename(path)} names ${length} labels, but the model has ${classCount} outputs; list one label per output.`,
  );
}

/**
 * The recipe must make the tensor the model's fixed axes ask for.
 * @throws LightboxError `manifest/invalid` naming the field that differs.
 */
export function checkModelInput({ manifest, path }: LoadedManifest, modelInput: ModelInputShape): void {
  const recipe = manifest.input;
  const axes: [field: string, given: number, wanted: number | undefined][] = [
    ['channels', channelCount(recipe), modelInput.channels],
    ['height', recipe.height, modelInput.height],
    ['width', recipe.width, modelInput.width],
  ];
  const wrong = axes.find(([, given, wanted]) => wanted !== undefined && wanted !== given);
  if (!wrong) return;
  const [field, given, wanted] = wrong;
  throw new LightboxError(
    'manifest/invalid',
    `${basename(path)}: input.${field} makes ${given}, but the model's input has ${wanted}; correct the manifest.`,
  );
}

/** The name of an output: its label, or `class 7` when the manifest has none. */
export const labelOf = (manifest: ModelManifest, index: number): string => manifest.labels[index] ?? `class ${index}`;
