import type { ModelDetails } from '#shared/contract/models.ts';

const orders = { rgb: 'red, green, blue', bgr: 'blue, green, red', grey: 'one channel of grey' } as const;

/** An input recipe as names and what they are, in the order in which it is followed. */
export function describeRecipe(recipe: ModelDetails['recipe']): readonly (readonly [name: string, value: string])[] {
  const { width, height, channels, resize, fit, resizeTo, range, mean, std } = recipe;
  const size = `${width} × ${height}`;
  const cropped = `shorter side to ${resizeTo}, then the middle ${size}`;
  return [
    ['Size', fit === 'whole' ? `the whole picture stretched to ${size}` : cropped],
    ['Resize', resize.replace('-', ', ')],
    ['Channels', orders[channels]],
    ['Black to white', range.join(' to ')],
    ['Mean', mean.join(', ')],
    ['Standard deviation', std.join(', ')],
  ];
}
