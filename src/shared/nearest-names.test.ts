import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestNames } from './nearest-names.ts';

it('puts first what takes fewest changes', () => {
  const names = ['conv1', 'layer1.0.conv1', 'layer3.2.conv2', 'layer3.2.conv3', 'fc'];
  expect(nearestNames(names, 'layer3.2.conv')).toBe('"layer3.2.conv2", "layer3.2.conv3", "layer1.0.conv1"');
  expect(nearestNames(names, 'cf')).toMatch(/^"fc"/);
  expect(nearestNames(['only'], 'x')).toBe('"only"');
});

it('a name that is there is nearest to itself', () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(names, (known) => {
      for (const name of known) expect(nearestNames(known, name).startsWith(`"${name}"`)).toBe(true);
    }),
  );
});
