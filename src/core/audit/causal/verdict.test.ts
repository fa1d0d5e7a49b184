import { describe, expect, test } from 'vitest';
import { computeInsertionEffect } from './flip-rate.ts';
import { judgeRegion } from './judge-region.ts';
import { computeNetEffect, judgeClass } from './net-effect.ts';
import { paste, pasteMatched } from './paste.ts';
import { computeRemovalEffects, type FillEffect } from './removal-effect.ts';
import { declaredThresholds } from './thresholds.ts';
import { judgeVerdict } from './verdict.ts';

const fillsOf = (...nets: readonly number[]): readonly FillEffect[] =>
  (['local mean', 'blur', 'harmonic', 'donor'] as const).slice(0, nets.length).map((fill, index) => {
    const effect = { removal: nets[index] ?? 0, controls: [-0.1, 0, 0.1] };
    const none = { removal: 0, controls: [-0.01, 0, 0.01] };
    return { fill, classes: [{ logit: effect, 'log-odds': none, probability: none }] };
  });
const logit = { label: 0, scale: 'logit' } as const;

describe('removal effect', () => {
  test('by hand: logits before less after, for mark and control, and probabilities by softmax', () => {
    const variants = [
      { fill: 'blur', removed: 'mark' },
      { fill: 'blur', removed: 0 },
    ] as const;
    const answers = { original: [Math.log(3), 0], variants: [[0, 0], [Math.log(3), 0]] }; // prettier-ignore
    const [effect] = computeRemovalEffects(variants, answers);
    expect(effect?.classes[0]?.logit.removal).toBeCloseTo(Math.log(3), 12);
    expect(effect?.classes[0]?.probability.removal).toBeCloseTo(0.25, 12);
    expect(effect?.classes[1]?.probability.removal).toBeCloseTo(-0.25, 12);
    // Odds of three to one become even.
    expect(effect?.classes[0]?.['log-odds'].removal).toBeCloseTo(Math.log(3), 12);
    expect(effect?.classes[0]?.logit.controls).toEqual([0]);
  });

  test('net effect by hand: 1 less the mean of 0, 0.2, 0.4, in standard deviations of 0.2', () => {
    const net = computeNetEffect({ removal: 1, controls: [0, 0.2, 0.4] }, 'blur');
    expect(net.control).toBeCloseTo(0.2, 12);
    expect(net.spread).toBeCloseTo(0.2, 12);
    expect(net.net).toBeCloseTo(0.8, 12);
    expect(net.deviations).toBeCloseTo(4, 10);
  });
});

describe('an effect', () => {
  test('is present where most fills give it, alike and beyond the controls', () => {
    expect(judgeClass(fillsOf(1, 1.2, 0.8, 0.1), logit, declaredThresholds)).toMatchObject({
      ...{ finding: 'present', net: 0.9, least: 0.1, largest: 1.2 },
    });
  });

  test('is absent where half the fills give it, where it is small, and where controls do the same', () => {
    expect(judgeClass(fillsOf(1, 1, 0, 0), logit, declaredThresholds)?.finding).toBe('absent');
    expect(judgeClass(fillsOf(0.4, 0.4, 0.4), logit, declaredThresholds)?.finding).toBe('absent');
    const wide = fillsOf(1, 1, 1).map(({ fill, classes }) => ({
      fill,
      classes: classes.map((one) => ({ ...one, logit: { removal: 1, controls: [-1, 0, 1] } })),
    }));
    expect(judgeClass(wide, logit, declaredThresholds)?.finding).toBe('absent');
  });

  test('is contrary where fills give it both ways', () => {
    expect(judgeClass(fillsOf(1, 1, 1, -1), logit, declaredThresholds)?.finding).toBe('contrary');
    expect(judgeClass(fillsOf(1, 1, 1, -0.4), logit, declaredThresholds)?.finding).toBe('present');
  });
});

describe('verdict grid', () => {
  const effectsOf = (...nets: readonly number[]): Parameters<typeof judgeVerdict>[0]['effects'] =>
    [judgeClass(fillsOf(...nets), logit, declaredThresholds)].flatMap((effect) => effect ?? []);

  test.each([
    ['shortcut used', 5, [1, 1, 1]],
    ['redundant or unfaithful map', 5, [0, 0, 0]],
    ['map misses it', 0.5, [1, 1, 1]],
    ['not used', 0.5, [0, 0, 0]],
    ['inconclusive', 5, [1, 1, -1]],
    ['inconclusive', undefined, [1, 1, 1]],
  ] as const)('%s: enrichment %s, effects %s', (verdict, enrichment, nets) => {
    expect(judgeVerdict({ enrichment, effects: effectsOf(...nets), controls: 3 }, declaredThresholds)).toBe(verdict);
  });

  test('too few controls conclude nothing', () => {
    const question = { enrichment: 5, effects: effectsOf(1, 1, 1), controls: 2 };
    expect(judgeVerdict(question, declaredThresholds)).toBe('inconclusive');
  });

  test('a mark that lowers all logits alike moves no probability and is a shortcut all the same', () => {
    const variants = (['local mean', 'harmonic', 'donor'] as const).flatMap((fill) =>
      (['mark', 0, 1, 2] as const).map((removed) => ({ fill, removed })),
    );
    const answers = {
      original: [3, 2, 1],
      variants: variants.map(({ removed }) => {
        const shift = removed === 'mark' ? -1 : 0.01 * removed;
        return [3 + shift, 2 + shift, 1 + shift];
      }),
    };
    const effects = computeRemovalEffects(variants, answers);
    for (const { classes } of effects)
      for (const { probability } of classes) expect(Math.abs(probability.removal)).toBeLessThan(1e-12);
    const map = { width: 4, height: 1, values: Float32Array.of(5, 1, 1, 1) };
    const judged = judgeRegion(
      { mask: Uint8Array.of(1, 0, 0, 0), maps: [map, map, map], effects, controls: 3 },
      declaredThresholds,
    );
    expect(judged.verdict).toBe('shortcut used');
    expect(judged.classes[0]?.enrichment).toBe(2.5);
  });
});

describe('insertion', () => {
  test('pastes by the matte: half of one, half of the other', () => {
    const planes = (value: number): Parameters<typeof paste>[0]['onto'] => ({
      ...{ channels: 2, width: 3, height: 1, values: new Float32Array(6).fill(value) },
    });
    const pasted = paste({ onto: planes(2), from: planes(6), alpha: Float32Array.of(0, 0.5, 1) });
    expect([...pasted.values]).toEqual([2, 4, 6, 2, 4, 6]);
    // Even ground made as bright as what it covers changes nothing.
    expect([...pasteMatched({ onto: planes(2), from: planes(6), alpha: Float32Array.of(0, 0.5, 1) }).values]).toEqual([
      ...planes(2).values,
    ]);
  });

  test('flip rate by hand: of three that are not taken for class 1, two flip, one with the control as well', () => {
    const cases = [
      { before: [1, 0], artefact: [0, 1], control: [1, 0] },
      { before: [1, 0], artefact: [0, 1], control: [0, 1] },
      { before: [1, 0], artefact: [1, 0], control: [1, 0] },
      { before: [0, 1], artefact: [0, 1], control: [0, 1] },
    ];
    const { candidates, artefact, control, logit: net } = computeInsertionEffect(cases, 1, 1);
    expect([candidates, artefact?.count, control?.count]).toEqual([3, 2, 1]);
    expect(artefact?.rate).toBeCloseTo(2 / 3, 12);
    expect(net.mean).toBeCloseTo(0.25, 12);
  });

  test('a class all are taken for already has no flips, which is not none of them', () => {
    const cases = [{ before: [0, 1], artefact: [0, 1], control: [0, 1] }];
    expect(computeInsertionEffect(cases, 1, 1)).toMatchObject({ candidates: 0, artefact: undefined });
  });
});
