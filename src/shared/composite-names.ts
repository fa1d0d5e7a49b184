/** The seven composites, by the names zennit gives them. */
export const compositeNames = [
  'EpsilonGammaBox',
  'EpsilonPlus',
  'EpsilonPlusFlat',
  'EpsilonAlpha2Beta1',
  'EpsilonAlpha2Beta1Flat',
  'GuidedBackprop',
  'ExcitationBackprop',
] as const;

export type CompositeName = (typeof compositeNames)[number];

export const defaultComposite: CompositeName = 'EpsilonPlusFlat';
