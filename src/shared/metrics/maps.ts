import { define, type Metric } from './metric.ts';

/** How alike the maps of a picture and of a variant of it are; R′ is that of the variant, laid back. */
export const likenessMetrics = {
  spearman: define('Spearman', 'rank correlation of means over 28 × 28 cells', {
    meaning: '1 is the same order of cells, 0 none, −1 the opposite; where both maps show the same place',
    unit: '−1 to 1',
    undefinedWhen: 'a map is constant, or fewer than 3 cells are valid',
  }),
  ssim: define('SSIM', '(2μμ′+C₁)(2σ+C₂) / ((μ²+μ′²+C₁)(σ²+σ′²+C₂)), Gaussian windows 11 × 11', {
    meaning:
      'structural similarity, both maps on one range; 1 is the same map. Maps near zero nearly everywhere are alike by it',
    source: 'Wang et al. 2004',
    unit: '−1 to 1',
    undefinedWhen: 'a map is constant or smaller than a window',
  }),
  topOverlap: define('Top-5% overlap', 'intersection / union of the 5% most relevant pixels', {
    meaning: '1 is the same pixels, 0 none in common',
    unit: 'share',
    undefinedWhen: 'a map is constant',
  }),
  cosine: define('Cosine', 'Σ R R′ / √(Σ R² Σ R′²)', {
    meaning: 'of the two maps as lists of pixels: 1 is the same direction, 0 none in common',
    unit: '−1 to 1',
    undefinedWhen: 'a map is zero',
  }),
  signFlips: define('Sign flips', '½ Σ (|R| + |R′|) where R R′ < 0, both maps brought to Σ|R| = 1', {
    meaning: 'relevance where one map speaks for the class and the other against it: 0 nowhere, 1 everywhere',
    unit: 'share',
    undefinedWhen: 'a map is zero',
  }),
} as const satisfies Readonly<Record<string, Metric>>;

/** What the model makes of a variant. */
export const driftMetrics = {
  drift: define('Prediction drift', '|p(x) − p(Tx)| of the explained class', {
    meaning: 'how far the probability of the explained class moved from that of the unchanged picture',
    unit: 'probability',
  }),
  flipRate: define('Flip rate', 'pictures whose predicted class changes / pictures', {
    meaning: '0: every picture keeps its class',
    unit: 'share',
    undefinedWhen: 'there is no picture',
  }),
} as const satisfies Readonly<Record<string, Metric>>;

/** What a model's maps by a composite are worth. */
export const qualityMetrics = {
  conservation: define('Conservation residual', '|Σ R − s| / |s|, s what the map was started from: the logit, or 1', {
    meaning: '0: nothing is lost on the way from the answer to the pixels',
    source: 'Bach et al. 2015',
    unit: 'share of s',
    undefinedWhen: 's is zero',
  }),
  classCosine: define('Cosine with another class', 'Σ R R′ / √(Σ R² Σ R′²), R′ for the second most probable class', {
    meaning: 'above 0.95 a map does not say why this class and not the other',
    source: 'Sixt et al. 2020',
    unit: '−1 to 1',
    undefinedWhen: 'a map is zero',
  }),
  noiseSpearman: define('Spearman under noise', 'Spearman of R and R′, R′ of the picture with noise', {
    meaning: 'three draws of weak noise (root mean square 0.02); 1: repeatable',
    source: 'Yeh et al. 2019',
    unit: '−1 to 1',
    undefinedWhen: 'a map is constant',
  }),
  noiseSsim: define('SSIM under noise', 'SSIM of R and R′, R′ of the picture with noise', {
    meaning: 'under the same noise; 1: repeatable',
    source: 'Yeh et al. 2019',
    unit: '−1 to 1',
    undefinedWhen: 'a map is constant',
  }),
  relevanceGain: define(
    'Symmetric relevance gain (SRG)',
    'area under least relevant first − area under most relevant first',
    {
      meaning:
        'regions blurred away one after the other, as area under the curve of the class’s probability. Above the band of random orders, relevance matters to the answer',
      source: 'Blücher et al. 2024',
      unit: 'probability',
    },
  ),
  checker: define('Checker pattern', 'Σ of squared Fourier coefficients at period 2 / Σ of squares, blocks of 8 × 8', {
    meaning: 'how much of a map’s fine structure changes from pixel to pixel; white noise has 0.07, a chessboard 1',
    unit: 'share',
    undefinedWhen: 'a map is zero',
  }),
} as const satisfies Readonly<Record<string, Metric>>;

/** Of the model with shuffled weights; a step of the quality card, not a number by itself. */
export const randomizationMetrics = {
  weightsShuffled: define(
    'Weights shuffled',
    'SSIM of R and R′, R′ of the model whose weights were shuffled, from the logits down',
    {
      meaning: 'with all weights shuffled it must be lower than that of maps of different pictures (Arun et al. 2021)',
      source: 'Adebayo et al. 2018',
      unit: '−1 to 1',
      undefinedWhen: 'a map is constant',
    },
  ),
} as const satisfies Readonly<Record<string, Metric>>;
