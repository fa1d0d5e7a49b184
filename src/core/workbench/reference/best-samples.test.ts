import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WalkedConcept } from '#core/catalog/index.ts';
import { BestSamples, comparePicks, scoreOf, toPick, type ReferencePick } from './best-samples.ts';

const pickOf = (score: number, sampleId: number, path = `${sampleId}`): ReferencePick => ({
  ...{ sampleId, path, label: '', split: '', target: undefined, logit: undefined, score, position: 0 },
});

/** Few scores, so that many are equal. */
const picks = fc.array(
  fc.record({ score: fc.integer({ min: -3, max: 3 }), path: fc.constantFrom('a', 'b', 'ab', 'B') }),
  { maxLength: 60 },
);

describe('the best samples', () => {
  it('are the first of all in order, whatever order they come in', () => {
    fc.assert(
      fc.property(picks, fc.integer({ min: 1, max: 12 }), fc.integer(), (drawn, limit, seed) => {
        const all = drawn.map(({ score, path }, id) => pickOf(score, id, path));
        const shuffled = all.toSorted((a, b) => ((a.sampleId * 7919 + seed) % 13) - ((b.sampleId * 7919 + seed) % 13));
        const best = new BestSamples(limit);
        for (const pick of shuffled) if (best.reaches(pick.score)) best.offer(pick);
        const expected = [...all].sort(
          (a, b) => b.score - a.score || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.sampleId - b.sampleId),
        );
        expect(best.list()).toEqual(expected.slice(0, limit));
      }),
      { seed: 5 },
    );
  });

  it('of one score come by path, then by sample', () => {
    const order = [pickOf(2, 9, 'z'), pickOf(1, 3, 'Z'), pickOf(1, 1, 'a'), pickOf(1, 2, 'a')];
    expect(order.toReversed().sort(comparePicks)).toEqual(order);
  });
});

describe('a score', () => {
  const concept: WalkedConcept = {
    ...{ sampleId: 1, path: 'p', label: 'l', split: 's', target: 0, logit: -2, absolute: 8, peakAbsolute: 5 },
    sums: Float32Array.of(-6, 2),
    peaks: { values: Float32Array.of(1, 4), positions: Uint16Array.of(3, 7) },
  };

  it.each([
    [{ sum: 'sum', normalised: false }, [-6, 2]],
    [{ sum: 'max', normalised: false }, [1, 4]],
    [{ sum: 'sum', normalised: true }, [-6 / (8 + 1e-10), 2 / (8 + 1e-10)]],
    [{ sum: 'max', normalised: true }, [1 / (5 + 1e-10), 4 / (5 + 1e-10)]],
  ] as const)('by %j', (how, expected) => {
    expect([0, 1].map((channel) => scoreOf(concept, channel, { by: 'relevance', ...how }))).toEqual(expected);
  });

  it('goes into a pick with its neuron', () => {
    expect(toPick(concept, 1, 0.5)).toEqual({
      ...{ sampleId: 1, path: 'p', label: 'l', split: 's', target: 0, logit: -2, score: 0.5, position: 7 },
    });
  });
});
