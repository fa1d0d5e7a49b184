/** What is measured of a model's maps by a composite, and what each number means (docs/robustness.md). */
export const qualityMeasureTexts = {
  conservation: {
    title: 'Conservation residual',
    definition:
      'How far the relevance of a map is from the logit it started from, as a part of the logit: |sum − logit| / |logit|. 0: nothing is lost.',
  },
  classCosine: {
    title: 'Another class: cosine',
    definition:
      'Cosine between the maps of the two most probable classes. Above 0.95 a map does not say why this class and not the other (Sixt et al., 2020).',
  },
  noiseSpearman: {
    title: 'Under noise: Spearman',
    definition:
      'Rank correlation with the maps under three draws of weak noise (root mean square 0.02); 1: repeatable.',
  },
  noiseSsim: {
    title: 'Under noise: SSIM',
    definition: 'Structural similarity with the maps under the same noise; 1: repeatable.',
  },
  relevanceGain: {
    title: 'SRG',
    definition:
      'Symmetric relevance gain: regions blurred away with the least relevance first, less the most first, as area under the curve of the class’s probability. Above the band of random orders, relevance matters to the answer.',
  },
  checker: {
    title: 'Checker pattern',
    definition: 'How much of a map’s fine structure changes from pixel to pixel; white noise has 0.07, a chessboard 1.',
  },
} as const;

export const randomizationText = {
  title: 'Weights shuffled',
  definition:
    'Structural similarity with the map of the model whose weights were shuffled, from the logits down (Adebayo et al., 2018). With all of them shuffled it must be lower than that of maps of different pictures (Arun et al., 2021).',
} as const;

export type QualityMeasure = keyof typeof qualityMeasureTexts;

export const qualityMeasureOrder = Object.keys(qualityMeasureTexts) as readonly QualityMeasure[];
