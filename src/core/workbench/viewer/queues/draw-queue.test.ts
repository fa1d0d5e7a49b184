import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawQueue, shareOut } from './draw-queue.ts';

const pools = fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }).map((sizes) => {
  let last = 0;
  return sizes.map((size) => Array.from({ length: size }, () => ++last));
});
const choices = fc.record({ count: fc.integer({ min: 1, max: 60 }), seed: fc.nat(99), balanced: fc.boolean() });

it('draws as many as asked for or there are, none twice, and the same for the same seed', () => {
  fc.assert(
    fc.property(pools, choices, (classes, choice) => {
      const drawn = drawQueue(classes, choice);
      expect(drawn).toHaveLength(Math.min(choice.count, classes.flat().length));
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(drawn.every((id) => classes.flat().includes(id))).toBe(true);
      expect(drawQueue(classes, choice)).toEqual(drawn);
    }),
  );
});

it('balanced, no class that has more has fewer than another by more than one', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { minLength: 1 }), fc.nat(100), (sizes, count) => {
      const shares = shareOut(sizes, count);
      const most = Math.max(...shares);
      for (const [index, share] of shares.entries()) expect(share === sizes[index] || share >= most - 1).toBe(true);
      expect(shares.reduce((a, b) => a + b, 0)).toBe(
        Math.min(
          count,
          sizes.reduce((a, b) => a + b, 0),
        ),
      );
    }),
  );
});

it('another seed gives another order, and classes come mixed', () => {
  const classes = [Array.from({ length: 50 }, (_, i) => i), Array.from({ length: 50 }, (_, i) => 100 + i)];
  const [seven, eight] = [7, 8].map((seed) => drawQueue(classes, { count: 40, seed, balanced: true }));
  expect(seven).not.toEqual(eight);
  expect(seven?.filter((id) => id < 100)).toHaveLength(20);
  const changes = seven?.filter((id, at) => at > 0 && id < 100 !== (seven[at - 1] ?? 0) < 100).length ?? 0;
  expect(changes).toBeGreaterThan(8);
});
