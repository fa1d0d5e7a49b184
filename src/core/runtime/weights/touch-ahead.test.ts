import fc from 'fast-check';
import { expect, test } from 'vitest';
import { touchAhead } from './touch-ahead.ts';

/** Gives a room's memory to someone who writes to it at once, and takes some time. */
async function writeTo(rooms: readonly Uint8Array[], pause: () => Promise<unknown>): Promise<number[]> {
  const given: number[] = [];
  for await (const index of touchAhead(rooms)) {
    given.push(index);
    rooms[index]?.fill(index + 1);
    await pause();
  }
  return given;
}

const wait = (milliseconds: number) => () => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('every room is given once, and nothing writes to it from then on', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 2 ** 23 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.constantFrom(0, 5), async (lengths, pause) => {
      const rooms = lengths.map((length) => new Uint8Array(length));
      const given = await writeTo(rooms, wait(pause));
      expect(given.toSorted((a, b) => a - b)).toEqual([...rooms.keys()]);
      await wait(20)();
      for (const [index, room] of rooms.entries()) expect(room.findIndex((value) => value !== index + 1)).toBe(-1);
    }),
    { numRuns: 15, seed: 5 },
  );
});
