import { LightboxError } from '#shared/errors.ts';
import type { Parameters } from './augmentation.ts';
import { augmentationNames, getAugmentation, isAugmentationName } from './table.ts';
import type { AugmentationName } from './table.ts';
import { variantId } from './variant.ts';
import type { Variant } from './variant.ts';

/** Steps of every scale of severity that has more than one. */
const STEPS = 5;

/** Twelve: the report's blur, sharpening and rotations, a control, and one of each other kind. */
export const defaultVariants: readonly string[] = [
  ...['blur@2', 'blur@4', 'noise=blur@4', 'sharpen@3', 'sharpen@5', 'rotate@2', 'rotate@4', 'rotate:angle=90'],
  ...['flip', 'brightness@3', 'contrast@3', 'microscope'],
];

/**
 * Variants from what a user writes: `blur` (default parameters), `blur@3` (a step of severity, 1 to 5), `blur@all`,
 * `blur:kernel=9:sigma=2`, and `noise=blur@3` (noise as strong as that). Those written twice count once.
 * @throws LightboxError `request/invalid`, naming what there is.
 */
export function parseVariants(texts: readonly string[], seed: number): readonly Variant[] {
  const variants = texts.flatMap((text) => parseVariant(text.trim(), seed));
  return [...new Map(variants.map((variant) => [variantId(variant), variant])).values()];
}

function parseVariant(text: string, seed: number): readonly Variant[] {
  const [, control] = /^noise=(.+)$/.exec(text) ?? [];
  if (control !== undefined) {
    return parseVariant(control, seed).map((like) => ({
      ...{ augmentation: 'noise', parameters: {}, seed, like },
      ...(like.severity !== undefined && { severity: like.severity }),
    }));
  }
  const [, name = '', step, settings = ''] = /^([a-z-]+)(?:@(\w+))?((?::[^:]+)*)$/.exec(text) ?? [];
  if (!isAugmentationName(name))
    throw invalid(`There is no variant "${text}"; there are ${augmentationNames.join(', ')}`);
  if (step !== undefined && settings !== '')
    throw invalid(`"${text}" names both a step and parameters; give one of them`);
  if (step !== undefined) return listSteps(name, step, seed);
  return [settle(name, { parameters: readSettings(name, settings), seed })];
}

function listSteps(name: AugmentationName, step: string, seed: number): readonly Variant[] {
  const { severities } = getAugmentation(name);
  const all = severities.map((parameters, at) => settle(name, { parameters, seed, severity: at + 1 }));
  if (step === 'all') return all;
  const chosen = /^\d+$/.test(step) ? all[Number(step) - 1] : undefined;
  if (chosen) return [chosen];
  const range = severities.length === 1 ? 'only step 1' : `the steps 1 to ${STEPS}`;
  throw invalid(`"${name}@${step}" is no step; ${name} has ${range}, and "${name}@all"`);
}

function readSettings(name: AugmentationName, settings: string): Parameters {
  const { defaults } = getAugmentation(name);
  const given = settings.split(':').filter((part) => part !== '');
  return Object.fromEntries(
    given.map((part) => {
      const [key = '', value = ''] = part.split('=');
      if (Object.hasOwn(defaults, key) && value.trim() !== '' && Number.isFinite(Number(value)))
        return [key, Number(value)];
      const known = Object.entries(defaults).map(([known, number]) => `${known}=${number}`);
      throw invalid(`"${part}" is no parameter of ${name}; it has ${known.join(', ') || 'none'}`);
    }),
  );
}

interface Settings {
  readonly parameters: Parameters;
  readonly seed: number;
  readonly severity?: number;
}

function settle(name: AugmentationName, { parameters, seed, severity }: Settings): Variant {
  const augmentation = getAugmentation(name);
  const all = { ...augmentation.defaults, ...parameters };
  const refusal = augmentation.refuse?.(all);
  if (refusal !== undefined) throw invalid(`"${name}" cannot be set so: ${refusal}`);
  return {
    ...{ augmentation: name, parameters: all },
    ...(augmentation.isDrawn && { seed }),
    ...(severity !== undefined && { severity }),
  };
}

const invalid = (sentence: string): LightboxError => new LightboxError('request/invalid', `${sentence}.`);
