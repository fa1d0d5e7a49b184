import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandomWords } from '#shared/random-words.ts';
import { createTwinIndex, MOST_DISTANCE, MOST_TWINS, type HashedPicture } from './near-twins.ts';

const toHash = (bits: readonly number[]): string =>
  Array.from({ length: 64 }, (_, at) => parseInt(bits.slice(4 * at, 4 * at + 4).join(''), 2).toString(16)).join('');

const toBits = (hash: string): readonly number[] =>
  Array.from(hash, (digit) => parseInt(digit, 16).toString(2).padStart(4, '0')).flatMap((four) =>
    Array.from(four, Number),
  );

function drawHash(seed: number): string {
  const draw = createRandomWords(`hash ${seed}`);
  return toHash(Array.from({ length: 256 }, () => draw() % 2));
}

/** The same with some bits turned. */
const turn = (hash: string, places: readonly number[]): string =>
  toHash(toBits(hash).map((bit, at) => (places.includes(at) ? 1 - bit : bit)));

const distance = (a: string, b: string): number => toBits(a).filter((bit, at) => bit !== toBits(b)[at]).length;

function findAll(pictures: readonly HashedPicture[], most: number): readonly unknown[] {
  const index = createTwinIndex(pictures.length, most);
  return pictures.flatMap((picture, second) => index.add(picture).map((twin) => ({ ...twin, second })));
}

describe('near twins', () => {
  it('are all pairs that differ in few enough bits, whichever these are', () => {
    const changes = fc.array(fc.uniqueArray(fc.nat(255), { maxLength: 22 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(changes, fc.integer({ min: 0, max: MOST_DISTANCE }), (all, most) => {
        const pictures = all.map((places): HashedPicture => ({
          hash: turn(drawHash(1), places),
          mirrored: drawHash(2),
        }));
        const expected = pictures.flatMap((two, second) =>
          pictures.slice(0, second).flatMap((one, first) => {
            const bits = distance(one.hash, two.hash);
            return bits <= most ? [{ first, second, distance: bits, isMirrored: false }] : [];
          }),
        );
        const found = findAll(pictures, most);
        expect(found).toHaveLength(expected.length);
        expect(found).toEqual(expect.arrayContaining(expected));
      }),
      { numRuns: 60 },
    );
  });

  it('may be mirrored', () => {
    const pictures = [
      { hash: drawHash(1), mirrored: drawHash(2) },
      { hash: turn(drawHash(2), [3, 200]), mirrored: turn(drawHash(1), [7, 77, 177]) },
    ];
    expect(findAll(pictures, 8)).toEqual([{ first: 0, second: 1, distance: 3, isMirrored: true }]);
  });

  it('are not looked for among even pictures', () => {
    const even = turn('0'.repeat(64), [1, 2, 3]);
    expect(findAll(Array(3).fill({ hash: even, mirrored: even }), 8)).toEqual([]);
  });

  it('of thousands alike are told with a few of them, in the time of a few', () => {
    const [plain, mirrored] = [drawHash(1), drawHash(2)];
    const some = Array.from({ length: 256 }, (_, place): HashedPicture => ({ hash: turn(plain, [place]), mirrored }));
    const pictures = Array<readonly HashedPicture[]>(80).fill(some).flat();
    const index = createTwinIndex(pictures.length, 12);
    const counts = pictures.map((picture) => index.add(picture).length);
    expect(counts.slice(0, MOST_TWINS + 3)).toEqual([...Array(MOST_TWINS + 1).keys(), MOST_TWINS, MOST_TWINS]);
    expect(new Set(counts.slice(MOST_TWINS))).toEqual(new Set([MOST_TWINS]));
  });
});
