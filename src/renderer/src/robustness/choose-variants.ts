import { unchangedVariant, type VariantChoices } from '#shared/contract/robustness.ts';

/** The augmentation a variant is made by: `noise` of `noise=blur@4`. */
export const augmentationOf = (variant: string): string => /^[a-z-]+/.exec(variant)?.[0] ?? variant;

/** Augmentations that are looked at when nobody chose. */
export const usualAugmentations = ({ usual }: VariantChoices): readonly string[] => [
  ...new Set(usual.map(augmentationOf)),
];

export interface VariantChoice {
  /** Names of augmentations; undefined: the usual ones. */
  readonly augmentations: readonly string[] | undefined;
  /** 0: the usual parameters. */
  readonly severity: number;
}

/** The variants of a matrix, in the order of the augmentations' table, behind the unchanged picture. */
export function chooseVariants(choices: VariantChoices, choice: VariantChoice): readonly string[] {
  const { severity, augmentations = usualAugmentations(choices) } = choice;
  const chosen = choices.augmentations.filter(({ name }) => augmentations.includes(name));
  const variants = chosen.flatMap(({ name, severities }) => {
    if (severity > 0) return [`${name}@${Math.min(severity, severities)}`];
    const usual = choices.usual.filter((variant) => augmentationOf(variant) === name);
    return usual.length > 0 ? usual : [name];
  });
  return [unchangedVariant, ...variants];
}

/** All steps of an augmentation's scale; none where it has one step alone. */
export function listSteps({ augmentations }: VariantChoices, variant: string): readonly string[] {
  const found = augmentations.find(({ name }) => name === augmentationOf(variant));
  if (!found || found.severities < 2) return [];
  return Array.from({ length: found.severities }, (_, step) => `${found.name}@${step + 1}`);
}
