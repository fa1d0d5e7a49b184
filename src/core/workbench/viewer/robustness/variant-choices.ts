import { augmentationDefinitions, augmentationNames, defaultVariants, getAugmentation } from '#core/imaging/index.ts';
import type { VariantChoices } from '#shared/contract/robustness.ts';

export function listVariantChoices(): VariantChoices {
  return {
    augmentations: augmentationNames.map((name) => {
      const { title, severities } = getAugmentation(name);
      return { name, title, severities: severities.length, definition: augmentationDefinitions[name] };
    }),
    usual: [...defaultVariants],
  };
}
