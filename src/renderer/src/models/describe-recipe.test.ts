import { expect, test } from 'vitest';
import { describeRecipe } from './describe-recipe.ts';

const recipe = {
  ...{ width: 224, height: 200, channels: 'bgr' as const, resize: 'bilinear-antialiased', fit: 'whole', resizeTo: 256 },
  ...{ range: [0, 255], mean: [103.9, 116.8, 123.7], std: [1, 1, 1] },
};

test('a recipe is told in the order in which it is followed', () => {
  expect(describeRecipe(recipe)).toEqual([
    ['Size', 'the whole picture stretched to 224 × 200'],
    ['Resize', 'bilinear, antialiased'],
    ['Channels', 'blue, green, red'],
    ['Black to white', '0 to 255'],
    ['Mean', '103.9, 116.8, 123.7'],
    ['Standard deviation', '1, 1, 1'],
  ]);
  const cropped = describeRecipe({ ...recipe, fit: 'shorter-side-then-center-crop' });
  expect(cropped[0]?.[1]).toBe('shorter side to 256, then the middle 224 × 200');
});
