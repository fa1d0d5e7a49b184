import type { Effect, FillEffect, Scale } from './removal-effect.ts';
import type { FillName } from './fills.ts';
import type { AuditThresholds } from './thresholds.ts';

/** A removal effect compared with those of its controls, by one fill. */
export interface NetEffect {
  readonly fill: FillName;
  readonly removal: number;
  /** Mean of the controls. */
  readonly control: number;
  /** Standard deviation of the controls (n - 1). */
  readonly spread: number;
  /** delta = removal - control. */
  readonly net: number;
  /** delta over spread; infinite where the controls do not differ. */
  readonly deviations: number;
}

/** One class on one scale, by all fills. */
export interface ClassEffect {
  readonly scale: Scale;
  readonly fills: readonly NetEffect[];
  /** The middle one of the fills' net effects (mean of two). */
  readonly net: number;
  /** Fill sensitivity: least and largest net effect. */
  readonly least: number;
  readonly largest: number;
  /**
   * `present`: most fills give an effect of the same sign that is large enough and stands out from the controls. `contrary`: so does one of them at least,
   * and another gives a large effect of the other sign: what is seen is the fill. `absent` otherwise.
   */
  readonly finding: 'present' | 'contrary' | 'absent';
}

export function computeNetEffect({ removal, controls }: Effect, fill: FillName): NetEffect {
  const control = mean(controls);
  const spread = Math.sqrt(controls.reduce((sum, value) => sum + (value - control) ** 2, 0) / (controls.length - 1));
  const net = removal - control;
  return { fill, removal, control, spread, net, deviations: net / spread };
}

/** How one class moves on one scale; undefined where no fill was possible. */
export function judgeClass(
  effects: readonly FillEffect[],
  { label, scale }: { readonly label: number; readonly scale: Scale },
  thresholds: AuditThresholds,
): ClassEffect | undefined {
  const fills = effects.flatMap(({ fill, classes }) => {
    const effect = classes[label]?.[scale];
    return effect ? [computeNetEffect(effect, fill)] : [];
  });
  if (fills.length === 0) return undefined;
  const nets = fills.map(({ net }) => net).toSorted((a, b) => a - b);
  const isLarge = ({ net }: NetEffect, sign: 1 | -1): boolean => sign * net >= thresholds[scale];
  const listMoving = (sign: 1 | -1): readonly NetEffect[] =>
    fills.filter((one) => isLarge(one, sign) && sign * one.deviations >= thresholds.deviations);
  const [up, down] = [listMoving(1).length, listMoving(-1).length];
  const isContrary =
    (up > 0 && fills.some((one) => isLarge(one, -1))) || (down > 0 && fills.some((one) => isLarge(one, 1)));
  const isPresent = 2 * Math.max(up, down) > fills.length;
  return {
    ...{ scale, fills, net: median(nets), least: nets[0] ?? NaN, largest: nets.at(-1) ?? NaN },
    finding: isContrary ? 'contrary' : isPresent ? 'present' : 'absent',
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of rising values. */
function median(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}
