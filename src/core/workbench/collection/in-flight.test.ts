import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inChunks, mapInFlight } from './in-flight.ts';

/** Comes back after so many turns of the event loop. */
async function takeTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn();
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function* oneByOne<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  for (const item of items) {
    await nextTurn();
    yield item;
  }
}

const turnsOfItems = fc.array(fc.nat(4), { maxLength: 20 });
const limits = fc.integer({ min: 1, max: 6 });

describe('work in flight', () => {
  it('gives the results in the order of the items, however long each takes to come or to do', async () => {
    await fc.assert(
      fc.asyncProperty(turnsOfItems, limits, fc.boolean(), async (turns, limit, isSlow) => {
        const results = await collect(
          mapInFlight(isSlow ? oneByOne([...turns.entries()]) : turns.entries(), limit, async ([index, count]) => {
            await takeTurns(count);
            return index;
          }),
        );
        expect(results).toEqual([...turns.keys()]);
      }),
      { numRuns: 50 },
    );
  });

  it('never has more than the limit begun and not taken, and uses the limit', async () => {
    await fc.assert(
      fc.asyncProperty(turnsOfItems, limits, fc.nat(3), async (turns, limit, pause) => {
        let [open, most] = [0, 0];
        const results = mapInFlight(turns, limit, async (count) => {
          open++;
          most = Math.max(most, open);
          await takeTurns(count);
        });
        for await (const result of results) {
          expect(result).toBeUndefined();
          open--;
          await takeTurns(pause);
        }
        expect(most).toBe(Math.min(limit, turns.length));
      }),
      { numRuns: 50 },
    );
  });

  it('begins nothing more once nobody listens, and ends what it began', async () => {
    let [begun, ended] = [0, 0];
    const results = mapInFlight(new Array(20).keys(), 4, async (index) => {
      begun++;
      await takeTurns(index + 3);
      ended++;
      return index;
    });
    for await (const index of results) if (index === 2) break;
    expect([begun, ended]).toEqual([6, 6]);
  });

  it('fails with the first failure in the order of the items, and leaves no failure unheard', async () => {
    const unheard: unknown[] = [];
    const hear = (cause: unknown): void => void unheard.push(cause);
    process.on('unhandledRejection', hear);
    onTestFinished(() => void process.off('unhandledRejection', hear));
    const taken: number[] = [];
    const run = async (): Promise<void> => {
      const results = mapInFlight([30, 0, 0, 5], 4, async (turns) => {
        await takeTurns(turns);
        if (turns < 30) throw new Error(`after ${turns}`);
        return turns;
      });
      for await (const turns of results) taken.push(turns);
    };
    await expect(run()).rejects.toThrow('after 0');
    await takeTurns(3);
    expect(taken).toEqual([30]);
    expect(unheard).toEqual([]);
  });
});

describe('chunks', () => {
  it('hold all items in their order, each twice as many as the one before up to the most, but the last', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 60 }), limits, limits, async (items, first, more) => {
        const most = first + more - 1;
        const chunks = await collect(inChunks(oneByOne(items), { first, most }));
        expect(chunks.flat()).toEqual(items);
        for (const [turn, { length }] of chunks.entries()) {
          const whole = Math.min(most, first * 2 ** turn);
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(whole);
          if (turn < chunks.length - 1) expect(length).toBe(whole);
        }
      }),
      { numRuns: 30 },
    );
  });
});
