import { compositeNames, defaultComposite, type CompositeName } from '#shared/composite-names.ts';
import type { LinearRule, Rule, Stabilizer } from '../rules/rule.ts';
import type { Composite } from './composite.ts';

export { compositeNames, defaultComposite, type CompositeName };

/** What can be set; what a composite has no use for is ignored. */
export interface CompositeParameters {
  readonly epsilon?: number | undefined;
  readonly gamma?: number | undefined;
  readonly stabilizer?: number | undefined;
  /** ZBox's bounds at the tensor that enters the first convolution, one number or one per channel. */
  readonly low?: readonly number[] | undefined;
  readonly high?: readonly number[] | undefined;
  /** How a residual sum shares relevance: in proportion (zennit with its ResNetCanonizer), or whole to both sides. */
  readonly residual?: 'norm' | 'gradient' | undefined;
  /** Leaves biases out of the relevance pass. */
  readonly zeroBias?: boolean | undefined;
}

interface Resolved {
  readonly epsilon: Rule;
  readonly stabilizer: Stabilizer;
  readonly zeroBias: boolean;
  readonly gamma: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly residual: Rule;
}

function resolve(parameters: CompositeParameters): Resolved {
  const stabilizer = { epsilon: parameters.stabilizer ?? 1e-6 };
  const zeroBias = parameters.zeroBias ?? false;
  return {
    stabilizer,
    zeroBias,
    epsilon: { rule: 'Epsilon', stabilizer: { epsilon: parameters.epsilon ?? 1e-6 }, zeroBias },
    gamma: parameters.gamma ?? 0.25,
    low: parameters.low ?? [0],
    high: parameters.high ?? [1],
    residual: parameters.residual === 'gradient' ? { rule: 'Gradient' } : { rule: 'Norm', stabilizer },
  };
}

function base({ residual, stabilizer }: Resolved): Composite['byType'] {
  return {
    activation: { rule: 'Pass' },
    batchNorm: { rule: 'Pass' },
    averagePool: { rule: 'Norm', stabilizer },
    sum: residual,
  };
}

const zPlus = ({ stabilizer, zeroBias }: Resolved): LinearRule => ({ rule: 'ZPlus', stabilizer, zeroBias });
const alpha2Beta1 = ({ stabilizer, zeroBias }: Resolved): LinearRule => ({
  rule: 'AlphaBeta',
  alpha: 2,
  beta: 1,
  stabilizer,
  zeroBias,
});
const flat = ({ stabilizer }: Resolved): LinearRule => ({ rule: 'Flat', stabilizer });
const firstFlat = (resolved: Resolved): Composite['first'] => ({ convolution: flat(resolved), linear: flat(resolved) });

type Form = Omit<Composite, 'name' | 'byName'>;

const forms: Readonly<Record<CompositeName, (resolved: Resolved) => Form>> = {
  EpsilonGammaBox: (r) => ({
    first: { convolution: { rule: 'ZBox', low: r.low, high: r.high, stabilizer: r.stabilizer } },
    byType: {
      ...base(r),
      convolution: { rule: 'Gamma', gamma: r.gamma, stabilizer: r.stabilizer, zeroBias: r.zeroBias },
      linear: r.epsilon,
    },
  }),
  EpsilonPlus: (r) => ({ first: {}, byType: { ...base(r), convolution: zPlus(r), linear: r.epsilon } }),
  EpsilonPlusFlat: (r) => ({ first: firstFlat(r), byType: { ...base(r), convolution: zPlus(r), linear: r.epsilon } }),
  EpsilonAlpha2Beta1: (r) => ({ first: {}, byType: { ...base(r), convolution: alpha2Beta1(r), linear: r.epsilon } }),
  EpsilonAlpha2Beta1Flat: (r) => ({
    first: firstFlat(r),
    byType: { ...base(r), convolution: alpha2Beta1(r), linear: r.epsilon },
  }),
  GuidedBackprop: () => ({ first: {}, byType: { activation: { rule: 'GuidedBackprop' } } }),
  ExcitationBackprop: (r) => ({
    first: {},
    byType: {
      convolution: zPlus({ ...r, zeroBias: false }),
      linear: zPlus({ ...r, zeroBias: false }),
      sum: r.residual,
      averagePool: { rule: 'Norm', stabilizer: r.stabilizer },
    },
  }),
};

/** One of the seven composites with its parameters. */
export function createComposite(name: CompositeName, parameters: CompositeParameters = {}): Composite {
  return { name, byName: [], ...forms[name](resolve(parameters)) };
}

export function isCompositeName(name: string): name is CompositeName {
  return (compositeNames as readonly string[]).includes(name);
}
