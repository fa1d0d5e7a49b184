import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMaps, type Grouping } from './group-maps.ts';
import { plantVectors, silently } from './planted-vectors.ts';

const options = { mostGroups: 8, seed: 1 };

/** For each group the planted centers its members come from. */
function centersOf({ maps, count }: Grouping, truth: ReadonlyMap<string, number>): readonly (readonly number[])[] {
  return Array.from({ length: count }, (_, group) => [
    ...new Set(maps.flatMap((map) => (map.group === group ? [truth.get(map.key) ?? -1] : []))),
  ]);
}

describe('groups of planted vectors', () => {
  it('are found, as many as were planted, the largest first', async () => {
    const { named, truth } = plantVectors();
    const grouping = await groupMaps(named, options, silently);
    expect(grouping).toMatchObject({ count: 3, method: 'dense' });
    expect(centersOf(grouping, truth)).toEqual([[0], [1], [2]]);
    expect(grouping.silhouette).toBeGreaterThan(0.5);
  });

  it('are found by Lanczos too', async () => {
    const { named, truth } = plantVectors({ counts: [500, 450], noise: 1.2, size: 12 });
    const grouping = await groupMaps(named, { ...options, count: 2, neighbours: 25 }, silently);
    const right = grouping.maps.filter(({ key, group }) => truth.get(key) === group).length;
    expect(grouping.method).toBe('Lanczos');
    expect(right / named.length).toBeGreaterThan(0.98);
  });

  it('do not depend on the order of maps', async () => {
    const { named } = plantVectors();
    const grouping = await groupMaps(named, options, silently);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...named], { minLength: named.length }), async (shuffled) => {
        expect(await groupMaps(shuffled, options, silently)).toEqual(grouping);
      }),
      { numRuns: 4 },
    );
  });

  it('are the same by the same seed, and drawn elsewhere by another', async () => {
    const { named } = plantVectors();
    const places = async (seed: number): Promise<unknown> =>
      (await groupMaps(named, { ...options, seed }, silently)).maps.map(({ place }) => place);
    expect(await places(5)).toEqual(await places(5));
    expect(await places(5)).not.toEqual(await places(6));
  });

  it('lie apart in the plane: the nearest of a map is of its group', async () => {
    const { named } = plantVectors();
    const { maps } = await groupMaps(named, options, silently);
    const nearest = maps.map(({ place: [x, y] }, at) => {
      const others = maps.filter((_, to) => to !== at);
      return others.reduce((best, one) =>
        Math.hypot(one.place[0] - x, one.place[1] - y) < Math.hypot(best.place[0] - x, best.place[1] - y) ? one : best,
      );
    });
    expect(maps.filter(({ group }, at) => nearest[at]?.group === group).length).toBe(maps.length);
  });

  it('have means, and distances to them', async () => {
    const { named } = plantVectors();
    const { maps, means } = await groupMaps(named, options, silently);
    const vectors = new Map(named.map(({ key, vector }) => [key, vector]));
    const members = maps.filter(({ group }) => group === 1);
    const mean = means[1] ?? new Float64Array();
    mean.forEach((value, cell) => {
      const sum = members.reduce((all, { key }) => all + (vectors.get(key)?.[cell] ?? NaN), 0);
      expect(value).toBeCloseTo(sum / members.length, 12);
    });
    const [first] = members;
    const offsets = Array.from(mean, (value, cell) => value - (vectors.get(first?.key ?? '')?.[cell] ?? NaN));
    expect(first?.distance).toBeCloseTo(Math.hypot(...offsets), 12);
  });
});

it.each([
  ['too few maps', { counts: [5, 6] }, {}],
  ['more groups than pairs of maps', {}, { count: 40 }],
  ['one group', {}, { count: 1 }],
  ['more neighbours than maps', {}, { neighbours: 65 }],
])('refuses %s', async (_, planted, change) => {
  const { named } = plantVectors(planted);
  await expect(groupMaps(named, { ...options, ...change }, silently)).rejects.toMatchObject({
    code: 'request/invalid',
  });
});

it('ends when the caller wants it to', async () => {
  const stop = new Error('stop');
  const pace = {
    step: () => {
      throw stop;
    },
  };
  await expect(groupMaps(plantVectors().named, options, pace)).rejects.toBe(stop);
});
