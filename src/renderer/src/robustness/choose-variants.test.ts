import { expect, it } from 'vitest';
import type { VariantChoices } from '#shared/contract/robustness.ts';
import { augmentationOf, chooseVariants, listSteps } from './choose-variants.ts';

const named = (name: string, severities = 5): VariantChoices['augmentations'][number] => ({
  ...{ name, severities, title: name, definition: '' },
});
const choices: VariantChoices = {
  augmentations: [named('blur'), named('flip', 1), named('shift'), named('noise')],
  usual: ['blur@2', 'blur@4', 'noise=blur@4', 'flip'],
};

it.each([
  ['blur@2', 'blur'],
  ['noise=blur@4', 'noise'],
  ['rotate-black:angle=20', 'rotate-black'],
])('%s is made by %s', (variant, name) => {
  expect(augmentationOf(variant)).toBe(name);
});

it('the usual ones in the order of the table, each with its own parameters', () => {
  const usual = chooseVariants(choices, { augmentations: undefined, severity: 0 });
  expect(usual).toEqual(['unchanged', 'blur@2', 'blur@4', 'flip', 'noise=blur@4']);
  expect(chooseVariants(choices, { augmentations: ['shift', 'blur'], severity: 0 })).toEqual(['unchanged', 'blur@2', 'blur@4', 'shift']); // prettier-ignore
});

it('at a severity each once, at its last step where it has fewer', () => {
  const severe = chooseVariants(choices, { augmentations: ['flip', 'blur'], severity: 4 });
  expect(severe).toEqual(['unchanged', 'blur@4', 'flip@1']);
});

it('a scale has steps where there is more than one', () => {
  expect(listSteps(choices, 'blur@2')).toEqual(['blur@1', 'blur@2', 'blur@3', 'blur@4', 'blur@5']);
  expect(listSteps(choices, 'flip')).toEqual([]);
});
