import type { CompositeName } from './composite-names.ts';

/** What must be known of a composite to read its maps. */
export interface CompositeCaution {
  /** What its values can be. */
  readonly sign: 'signed' | 'mostly positive' | 'positive';
  /** Whether the values of a map add up to what the walk back started from. */
  readonly conservation: 'approximate' | 'none' | 'like probabilities';
  /** One sentence, beside the map. */
  readonly caution: string;
}

const alphaBeta =
  'Strengthens contrast between evidence for and against; in ResNets the branches of a sum can nearly cancel, and single pixels then carry too much.';

/**
 * Sources: zennit's issues 24, 148, 183 and 194 (unstable maps of residual networks), Sixt et al. 2020 (rules that only follow positive
 * weights hardly depend on the class), Adebayo et al. 2018 (guided backpropagation does not change when weights are randomised).
 */
export const compositeCautions: Readonly<Record<CompositeName, CompositeCaution>> = {
  EpsilonGammaBox: {
    ...{ sign: 'signed', conservation: 'approximate' },
    caution: 'Flat or unstable on ResNets; compare it with EpsilonPlus before believing a detail.',
  },
  EpsilonPlus: {
    ...{ sign: 'mostly positive', conservation: 'approximate' },
    caution: 'Follows positive weights through the convolutions, so maps of two classes can look nearly the same.',
  },
  EpsilonPlusFlat: {
    ...{ sign: 'mostly positive', conservation: 'approximate' },
    caution:
      "The first layer spreads relevance evenly over what each of its neurons sees: edges of a map are soft, and a region's share is blurred.",
  },
  EpsilonAlpha2Beta1: { sign: 'signed', conservation: 'approximate', caution: alphaBeta },
  EpsilonAlpha2Beta1Flat: {
    ...{ sign: 'signed', conservation: 'approximate' },
    caution: `${alphaBeta} Edges are soft, as the first layer spreads evenly.`,
  },
  GuidedBackprop: {
    ...{ sign: 'signed', conservation: 'none' },
    caution:
      'Draws edges whether or not the model uses them; it is a gradient, so shares of it are not shares of the decision.',
  },
  ExcitationBackprop: {
    ...{ sign: 'positive', conservation: 'like probabilities' },
    caution: 'Shows where the model is excited and hardly which class by; it never speaks against a class.',
  },
};
