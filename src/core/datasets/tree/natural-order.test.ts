import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNaturally, sortNaturally } from './natural-order.ts';

const name = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-c]?\d{0,5}[a-c]?\d{0,3}$/));

describe('natural order', () => {
  it.each([
    [
      ['covid_10', 'covid_2', 'covid_1'],
      ['covid_1', 'covid_2', 'covid_10'],
    ],
    [
      ['Normal (10).png', 'Normal (9).png'],
      ['Normal (9).png', 'Normal (10).png'],
    ],
    [
      ['a10b2', 'a10b10', 'a9'],
      ['a9', 'a10b2', 'a10b10'],
    ],
    [
      ['b', 'A', 'a', 'B'],
      ['A', 'a', 'B', 'b'],
    ],
    [
      ['x01', 'x1', 'x001', 'x2'],
      ['x001', 'x01', 'x1', 'x2'],
    ],
    [
      ['9007199254740993', '9007199254740992', `1${'0'.repeat(40)}`],
      ['9007199254740992', '9007199254740993', `1${'0'.repeat(40)}`],
    ],
  ])('%j', (names, sorted) => {
    expect(sortNaturally(names)).toEqual(sorted);
    expect(names.toSorted(compareNaturally)).toEqual(sorted);
  });

  it('goes by the numbers between the same words', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        expect(Math.sign(compareNaturally(`covid_${a}.png`, `covid_${b}.png`))).toBe(Math.sign(a - b));
      }),
    );
  });

  it('is the same whatever the order before', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (names, random) => {
        const shuffled = names
          .map((text) => ({ text, at: random.next().value as number }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ text }) => text);
        expect(sortNaturally(shuffled)).toEqual(sortNaturally(names));
        expect(names.toSorted(compareNaturally)).toEqual(sortNaturally(names));
      }),
    );
  });

  it('is total: 0 only for the same name, opposite when turned round', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(compareNaturally(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareNaturally(a, b)) + Math.sign(compareNaturally(b, a))).toBe(0);
      }),
    );
  });
});
