import { createRandomWords } from '#shared/random-words.ts';

/** All places below `count` in an order that the seed decides (Fisher and Yates), drawn as far as they are asked for. */
export function* drawPlaces(count: number, seedText: string): Generator<number> {
  const moved = new Map<number, number>();
  const word = createRandomWords(seedText);
  for (let left = count; left > 0; left--) {
    const at = Math.floor((word() / 2 ** 32) * left);
    yield moved.get(at) ?? at;
    moved.set(at, moved.get(left - 1) ?? left - 1);
  }
}
