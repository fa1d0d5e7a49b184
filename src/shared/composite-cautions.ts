/** What is known of each named composite and should stand beside its maps. */
import type { CompositeName } from './composite-names.ts';

export interface CompositeCaution {
  /** What signs its maps have. */
  readonly sign: 'signed' | 'mostly positive' | 'positive';
  /** Whether relevance sums to the logit: nearly, not at all, or to one as a probability does. */
  readonly conservation: 'approximate' | 'none' | 'as a probability';
  /** A sentence for everyone who looks at a map. */
  readonly caution: string;
  /** A further sentence for networks with residual branches. */
  readonly residualCaution?: string;
}

const amplifies: CompositeCaution = {
  ...{ sign: 'signed', conservation: 'approximate' },
  caution: 'Positive parts count twice and negative ones once, which makes contrasts look stronger than they are.',
  residualCaution:
    'In networks with residual branches the branches can nearly cancel, and single pixels then carry the map.',
};

const spreads: CompositeCaution = {
  ...{ sign: 'mostly positive', conservation: 'approximate' },
  caution:
    'Its positive rules tend towards one map for all classes (Sixt et al., 2020); biases and the stabilizer absorb a part of the relevance.',
};

/**
 * Sources: zennit's issues 24, 148, 183 and 194 (unstable maps of residual networks), Sixt et al. 2020 (rules that only follow positive
 * weights hardly depend on the class), Adebayo et al. 2018 (guided backpropagation does not change when weights are randomized).
 */
export const compositeCautions: Readonly<Record<CompositeName, CompositeCaution>> = {
  EpsilonGammaBox: {
    ...{ sign: 'signed', conservation: 'approximate' },
    caution: 'The first layer is bounded by black and white: the bounds must be those of the prepared picture.',
    residualCaution:
      'On ResNets its maps are known to be flat or unstable; compare with EpsilonPlus or EpsilonAlpha2Beta1Flat.',
  },
  EpsilonPlus: spreads,
  EpsilonPlusFlat: {
    ...spreads,
    caution: `${spreads.caution} The first layer spreads relevance evenly over what each unit sees, so edges in the map are soft.`,
  },
  EpsilonAlpha2Beta1: amplifies,
  EpsilonAlpha2Beta1Flat: amplifies,
  GuidedBackprop: {
    ...{ sign: 'signed', conservation: 'none' },
    caution:
      'It does not conserve relevance and hardly depends on the weights (Adebayo et al., 2018): it shows edges; take no shares from it.',
  },
  ExcitationBackprop: {
    ...{ sign: 'positive', conservation: 'as a probability' },
    caution: 'It is never negative and tends to give every class the same map (Sixt et al., 2020).',
  },
};

/** Undefined for composites of the user's own. */
export function findCaution(composite: string): CompositeCaution | undefined {
  const cautions: Readonly<Record<string, CompositeCaution>> = compositeCautions;
  return Object.hasOwn(cautions, composite) ? cautions[composite] : undefined;
}
