/** z + eps * sign(z), with sign(0) = +1; `clip`: sign(z) * max(|z|, eps); `normScale`: eps relative to the root mean square of z. */
export interface Stabilizer {
  readonly epsilon: number;
  readonly clip?: boolean;
  readonly normScale?: boolean;
}

/** Rules of convolutions and linear layers (all of them linear maps with a bias). */
export type LinearRule =
  | { readonly rule: 'Epsilon'; readonly stabilizer: Stabilizer; readonly zeroBias: boolean }
  | { readonly rule: 'Gamma'; readonly gamma: number; readonly stabilizer: Stabilizer; readonly zeroBias: boolean }
  | { readonly rule: 'ZPlus'; readonly stabilizer: Stabilizer; readonly zeroBias: boolean }
  | {
      readonly rule: 'AlphaBeta';
      readonly alpha: number;
      readonly beta: number;
      readonly stabilizer: Stabilizer;
      readonly zeroBias: boolean;
    }
  | {
      readonly rule: 'ZBox';
      /** Lowest and highest value the layer's input can have, per channel or one for all. */
      readonly low: readonly number[];
      readonly high: readonly number[];
      readonly stabilizer: Stabilizer;
    }
  | { readonly rule: 'WSquare'; readonly stabilizer: Stabilizer; readonly zeroBias: boolean }
  | { readonly rule: 'Flat'; readonly stabilizer: Stabilizer };

/** Rules of layers without weights. `Gradient` is the plain derivative: what happens where a composite says nothing. */
export type Rule =
  | LinearRule
  | { readonly rule: 'Norm'; readonly stabilizer: Stabilizer }
  | { readonly rule: 'Pass' }
  | { readonly rule: 'Gradient' }
  | { readonly rule: 'GuidedBackprop' }
  | { readonly rule: 'DeconvNet' };

export type RuleName = Rule['rule'];

/** A rule in one line, parameters included: ZPlus, Gamma(0.25), Epsilon(1e-6). */
export function describeRule(rule: Rule): string {
  const parameters = [...ruleParameters(rule), ...stabilizerNotes(rule)];
  return parameters.length === 0 ? rule.rule : `${rule.rule}(${parameters.join(', ')})`;
}

function ruleParameters(rule: Rule): string[] {
  if (rule.rule === 'Epsilon') return [numberText(rule.stabilizer.epsilon)];
  if (rule.rule === 'Gamma') return [numberText(rule.gamma)];
  if (rule.rule === 'AlphaBeta') return [numberText(rule.alpha), numberText(rule.beta)];
  if (rule.rule === 'ZBox') return [`${rangeText(rule.low)}..${rangeText(rule.high)}`];
  return [];
}

function stabilizerNotes(rule: Rule): string[] {
  if (!('stabilizer' in rule)) return [];
  const { epsilon, clip, normScale } = rule.stabilizer;
  const changed = rule.rule !== 'Epsilon' && epsilon !== 1e-6;
  return [
    ...(changed ? [`stabilizer ${numberText(epsilon)}`] : []),
    ...(clip ? ['clip'] : []),
    ...(normScale ? ['norm scale'] : []),
    ...('zeroBias' in rule && rule.zeroBias ? ['bias zeroed'] : []),
  ];
}

function numberText(value: number): string {
  return String(value);
}

function rangeText(values: readonly number[]): string {
  return values.map((value) => value.toPrecision(3)).join('/');
}
