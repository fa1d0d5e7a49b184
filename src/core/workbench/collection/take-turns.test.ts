import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTurns } from './take-turns.ts';

it('begins work in order, never more at a time than allowed and never fewer than there are, failures included', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), async (lengths, limit) => {
      const begun: number[] = [];
      let [working, most] = [0, 0];
      const take = createTurns(limit);
      const ends = await Promise.allSettled(
        lengths.map((length, index) =>
          take(async () => {
            begun.push(index);
            most = Math.max(most, ++working);
            for (let turn = 0; turn <= length; turn++) await nextTurn();
            working--;
            if (length === 2) throw new Error(`${index}`);
            return index;
          }),
        ),
      );
      expect(begun).toEqual([...lengths.keys()]);
      expect(most).toBe(Math.min(limit, lengths.length));
      const expected = lengths.map((length, value) =>
        length === 2 ? { status: 'rejected', reason: new Error(`${value}`) } : { status: 'fulfilled', value },
      );
      expect(ends).toEqual(expected);
      expect(await take(() => Promise.resolve('free'))).toBe('free');
    }),
    { numRuns: 50 },
  );
});
