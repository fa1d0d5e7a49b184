/** What every number means: the one table that reports, documents and tooltips read. */
export interface MetricDefinition {
  readonly name: string;
  /** In the notation of docs/audit.md: R relevance, M a region with coverage a, \u03a9 all pixels, f a logit, p a probability. */
  readonly formula: string;
  readonly source: string;
  /** `share` is 0 to 1. */
  readonly unit: string;
  /** When there is no number; empty where there always is one. */
  readonly undefinedWhen: string;
}

const define = (
  name: string,
  formula: string,
  rest: readonly [source: string, unit: string, undefinedWhen?: string],
): MetricDefinition => ({ name, formula, source: rest[0], unit: rest[1], undefinedWhen: rest[2] ?? '' });

const ofPerformance = {
  accuracy: define('Accuracy', 'cases predicted correctly / cases', ['', 'share']),
  balancedAccuracy: define('Balanced accuracy', 'mean sensitivity of the classes that have cases', ['', 'share']),
  auc: define('AUC', 'chance that a case of the class scores above another, ties half', ['Mann and Whitney 1947; Hanley and McNeil 1982', 'share', 'the class or the rest has no cases']), // prettier-ignore
  averagePrecision: define('Average precision', '\u03a3 precision at each score \u00b7 recall gained there', ['', 'share', 'the class has no cases']), // prettier-ignore
  sensitivity: define('Sensitivity', 'cases of the class predicted as such / cases of the class', ['', 'share', 'the class has no cases']), // prettier-ignore
  specificity: define('Specificity', 'other cases predicted as other / other cases', ['', 'share', 'there are no others']), // prettier-ignore
  ece: define('ECE', '\u03a3 over 15 bins: |confidence \u2212 accuracy| \u00b7 cases in bin / cases', ['Guo et al. 2017', 'share']), // prettier-ignore
  brier: define('Brier score', 'mean over cases of \u03a3 over classes (p \u2212 truth)\u00b2', [
    'Brier 1950',
    '0 to 2',
  ]),
  negativeLogLikelihood: define('Negative log-likelihood', 'mean of \u2212ln p of the true class', ['', 'nats']),
} as const;

const ofPlace = {
  positiveShare: define('Positive share', '\u03a3 a\u00b7max(R, 0) / \u03a3 over \u03a9 of max(R, 0)', ['relevance mass accuracy: Arras, Osman, Samek 2022', 'share', 'the region is empty, or no relevance is positive']), // prettier-ignore
  negativeShare: define('Negative share', '\u03a3 a\u00b7max(\u2212R, 0) / \u03a3 over \u03a9 of max(\u2212R, 0)', ['as the positive share', 'share', 'the region is empty, or no relevance is negative']), // prettier-ignore
  enrichment: define('Enrichment', 'positive share / (|M| / |\u03a9|)', ['', 'times chance', 'there is no share']),
  log2Enrichment: define('log\u2082 enrichment', 'log\u2082 of the enrichment', ['', 'doublings', 'there is no share']),
  excess: define('Excess', 'positive share \u2212 |M| / |\u03a9|', ['', 'share', 'there is no share']),
  rankAccuracy: define('Rank accuracy', 'of the K most relevant pixels those in M / K, K = |M|', ['Arras, Osman, Samek 2022', 'share', 'the region has no whole pixel']), // prettier-ignore
  pointing: define('Pointing game', '1 where the most relevant pixel lies within 15\u00b7(width/224) pixels of M, else 0', ['Zhang et al. 2018', '0 or 1', 'the region is empty, or no relevance is positive']), // prettier-ignore
} as const;

const ofCause = {
  removalEffect: define('Removal effect', 'g(x) \u2212 g(x without M); g: logit f, log-odds ln(p/(1\u2212p)), probability p', ['Zeiler and Fergus 2014; Nauta et al. 2021', 'logit, log-odds, probability']), // prettier-ignore
  netEffect: define('Net effect', 'removal effect \u2212 mean of the same over matched controls; median over fills', ['', 'logit, log-odds, probability']), // prettier-ignore
  fillSensitivity: define('By fill', 'least and largest net effect over the fills', ['', 'as the net effect']),
  flipRate: define('Flip rate', 'pictures whose predicted class changes / pictures', [
    '',
    'share',
    'there is no picture',
  ]),
  falseAlarmRate: define('False-alarm rate', 'marks of nothing with the verdict shortcut used / marks of nothing', ['Wilson 1927 for its interval', 'share', 'none were tested']), // prettier-ignore
} as const;

const ofMaps = {
  conservation: define('Conservation residual', '|\u03a3 R \u2212 s| / |s|, s what the map was started from: the logit, or 1', ['Bach et al. 2015', 'share of s', 's is zero']), // prettier-ignore
  classCosine: define('Cosine with another class', '\u03a3 R R\u2032 / \u221a(\u03a3 R\u00b2 \u03a3 R\u2032\u00b2), R\u2032 for another class', ['Sixt et al. 2020', '\u22121 to 1', 'a map is zero']), // prettier-ignore
  cosine: define('Cosine', '\u03a3 R R\u2032 / \u221a(\u03a3 R\u00b2 \u03a3 R\u2032\u00b2), R\u2032 the map of the changed picture, laid back', ['', '\u22121 to 1', 'a map is zero']), // prettier-ignore
  noiseSpearman: define('Spearman under noise', 'Spearman of R and R\u2032, R\u2032 of the picture with noise', ['Yeh et al. 2019', '\u22121 to 1', 'a map is constant']), // prettier-ignore
  noiseSsim: define('SSIM under noise', 'SSIM of R and R\u2032, R\u2032 of the picture with noise', ['Yeh et al. 2019', '\u22121 to 1', 'a map is constant']), // prettier-ignore
  relevanceGain: define('Symmetric relevance gain', 'area under least relevant first \u2212 area under most relevant first', ['Bl\u00fccher et al. 2024', 'probability']), // prettier-ignore
  spearman: define('Spearman', 'rank correlation of means over 28 \u00d7 28 cells', ['', '\u22121 to 1', 'a map is constant, or fewer than 3 cells are valid']), // prettier-ignore
  ssim: define('SSIM', '(2\u03bc\u03bc\u2032+C\u2081)(2\u03c3+C\u2082) / ((\u03bc\u00b2+\u03bc\u2032\u00b2+C\u2081)(\u03c3\u00b2+\u03c3\u2032\u00b2+C\u2082)), Gaussian windows 11 \u00d7 11', ['Wang et al. 2004', '\u22121 to 1', 'a map is constant or smaller than a window']), // prettier-ignore
  topOverlap: define('Top-5% overlap', 'intersection / union of the 5% most relevant pixels', [
    '',
    'share',
    'a map is constant',
  ]),
  signFlips: define('Sign flips', '\u00bd \u03a3 (|R| + |R\u2032|) where R R\u2032 < 0, both maps brought to \u03a3|R| = 1', ['', 'share', 'a map is zero']), // prettier-ignore
  drift: define('Prediction drift', '|p(x) \u2212 p(Tx)| of the explained class', ['', 'probability']),
  checker: define('Checker pattern', '\u03a3 of squared Fourier coefficients at period 2 / \u03a3 of squares, blocks of 8 \u00d7 8', ['docs/robustness.md', 'share', 'a map is zero']), // prettier-ignore
} as const;

/** By the names under which numbers stand in records and tables. */
export const metricDefinitions = { ...ofPerformance, ...ofPlace, ...ofCause, ...ofMaps } as const;

/** The table in parts, as a document shows it. */
export const metricGroups: readonly { readonly title: string; readonly metrics: readonly MetricDefinition[] }[] = [
  { title: 'How well the model predicts', metrics: Object.values(ofPerformance) },
  { title: 'Where relevance lies', metrics: Object.values(ofPlace) },
  { title: 'What happens without it', metrics: Object.values(ofCause) },
  { title: 'What maps are worth', metrics: Object.values(ofMaps) },
];
