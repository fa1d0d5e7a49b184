/** For tests: damage to files that is the same on every run. */

/** A number from 0 to below. */
export type Random = (below: number) => number;

/** A small seeded generator (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.trunc((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export type Mutation = (bytes: Buffer, random: Random) => Buffer;

export const flipBits: Mutation = (bytes, random) => {
  const mutated = Buffer.from(bytes);
  for (let flips = 1 + random(6); flips > 0; flips--) {
    const at = random(mutated.length);
    mutated[at] = (mutated[at] ?? 0) ^ (1 << random(8));
  }
  return mutated;
};

const telling = [0, 1, 127, 128, 255];

/** Overwrites a few bytes among the first or the last `reach` with numbers that tell: 0, 1, 127, 128, 255. */
export const overwriteEnds =
  (reach: number): Mutation =>
  (bytes, random) => {
    const mutated = Buffer.from(bytes);
    const length = Math.min(reach, mutated.length);
    const at = random(2) === 0 ? random(length) : mutated.length - 1 - random(length);
    for (let run = 1 + random(4); run > 0; run--) {
      mutated[Math.min(at + run, mutated.length - 1)] = telling[random(telling.length)] ?? 0;
    }
    return mutated;
  };

export const truncate: Mutation = (bytes, random) => bytes.subarray(0, random(bytes.length));

export const splice: Mutation = (bytes, random) => {
  const from = random(bytes.length);
  const piece = bytes.subarray(from, from + random(40));
  const to = random(bytes.length);
  return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to + random(40))]);
};
