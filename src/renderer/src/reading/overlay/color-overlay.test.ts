import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { colorOverlay, findCutoff, findEnds, surveyMap, type Coloring } from './color-overlay.ts';
import { colorMapChoices, cut, fade, nextColorMap, plainLook } from './overlay-look.ts';

const coloring = (part: Partial<Coloring> = {}): Coloring => ({
  ...{ look: plainLook, reach: 1, hasSign: true, cutoff: 0 },
  ...part,
});
const alphas = (values: readonly number[], part?: Partial<Coloring>): readonly number[] =>
  [...colorOverlay(Float32Array.from(values), coloring(part))].filter((_, at) => at % 4 === 3);
const colors = (values: readonly number[], part?: Partial<Coloring>): readonly number[] => [
  ...colorOverlay(Float32Array.from(values), coloring(part)),
];

it('covers more where relevance is stronger, by the same curve as the figures', () => {
  for (const value of [0.1, 0.5, 1, -0.5, -1]) {
    const expected = 255 * 0.95 * Math.abs(value) ** 0.85;
    expect(Math.abs((alphas([value])[0] ?? 0) - expected)).toBeLessThan(1);
  }
});

it('shows nothing of NaN, of zeros, and of what is weaker than the cutoff', () => {
  expect(alphas([NaN, 0])).toEqual([0, 0]);
  const [weak, strong] = alphas([0.29, -0.31], { cutoff: 0.3 });
  expect(weak).toBe(0);
  expect(strong).toBeGreaterThan(0);
});

it("gives values beyond the ends the end's color", () => {
  expect(colors([7, -7])).toEqual(colors([1, -1]));
});

it('covers the same everywhere where opacity is constant, weaker by the look', () => {
  const look = { ...plainLook, mode: 'constant' as const, opacity: 0.5 };
  expect(new Set(alphas([0.001, -0.5, 1], { look }))).toEqual(new Set([Math.round(255 * 0.95 * 0.5)]));
});

it('warm speaks for, cold against, by the map of its own choice', () => {
  const [red = 0, , blue = 0] = colors([0.8]);
  const [otherRed = 0, , otherBlue = 0] = colors([-0.8]);
  expect(red).toBeGreaterThan(blue);
  expect(otherBlue).toBeGreaterThan(otherRed);
});

it('a map of one course starts at zero', () => {
  expect(findEnds(coloring({ hasSign: false, reach: 3 }))).toEqual([0, 3]);
  expect(findEnds(coloring({ look: { ...plainLook, colorMap: 'hot' }, reach: 3 }))).toEqual([0, 3]);
  expect(findEnds(coloring({ reach: 3 }))).toEqual([-3, 3]);
  expect(alphas([-0.5], { look: { ...plainLook, colorMap: 'hot' } })).toEqual([0]);
});

test('the cutoff leaves out the asked share of the values, counted plainly', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 80 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (values, share) => {
        const map = Float32Array.from(values, (value, at) => (at % 2 === 0 ? value : -value));
        const cutoff = findCutoff(map, share);
        const left = map.filter((value) => Math.abs(value) < cutoff).length;
        expect(left).toBe(Math.floor(share * values.length));
      },
    ),
  );
});

it('is not misled by NaN', () => {
  expect(surveyMap(Float32Array.of(NaN, -2, 1))).toEqual({ magnitude: 2, hasSign: true });
  expect(findCutoff(Float32Array.of(NaN, NaN, 1, 2), 0.5)).toBe(2);
});

it('steps stay in their bounds, and colors go round', () => {
  expect(fade(0.1)(plainLook).opacity).toBe(1);
  expect(fade(-0.1)({ ...plainLook, opacity: 0.05 }).opacity).toBe(0);
  expect(cut(0.05)({ ...plainLook, threshold: 0.98 }).threshold).toBe(0.99);
  const round = colorMapChoices.reduce((look) => ({ ...look, ...nextColorMap(look) }), plainLook);
  expect(round).toEqual(plainLook);
});
