import { define, type Metric } from './metric.ts';

/** How well a model predicts. */
export const performanceMetrics = {
  accuracy: define('Accuracy', 'cases predicted correctly / cases', {
    meaning: '1: all are right. Where one class is frequent, naming it always is accurate too',
    unit: 'share',
  }),
  balancedAccuracy: define('Balanced accuracy', 'mean sensitivity of the classes that have cases', {
    meaning: 'every class counts alike, however many cases it has',
    unit: 'share',
  }),
  auc: define('AUC', 'P(p_c of a picture of c > p_c of another), ties half', {
    meaning: '0.5 is chance. 95 % percentile bootstrap; above 0.5 without the anatomy the surroundings carry the label',
    source: 'Mann and Whitney 1947; Hanley and McNeil 1982',
    unit: 'share',
    undefinedWhen: 'the class or the rest has no cases',
  }),
  averagePrecision: define('Average precision', 'Σ precision at each score · recall gained there', {
    meaning: 'the area under precision over recall; by chance the share of the class',
    unit: 'share',
    undefinedWhen: 'the class has no cases',
  }),
  sensitivity: define('Sensitivity', 'cases of the class predicted as such / cases of the class', {
    meaning: 'how many of the class are found',
    unit: 'share',
    undefinedWhen: 'the class has no cases',
  }),
  specificity: define('Specificity', 'other cases predicted as other / other cases', {
    meaning: 'how many of the others are left alone',
    unit: 'share',
    undefinedWhen: 'there are no others',
  }),
  ece: define('ECE', 'Σ over 15 bins: |confidence − accuracy| · cases in bin / cases', {
    meaning: 'expected calibration error. 0: of cases predicted with 80 % confidence, 80 % are right',
    source: 'Guo et al. 2017',
    unit: 'share',
  }),
  brier: define('Brier score', 'mean over cases of Σ over classes (p − truth)²', {
    meaning: '0: certain and right; 2: certain and wrong',
    source: 'Brier 1950',
    unit: '0 to 2',
  }),
  negativeLogLikelihood: define('Negative log-likelihood', 'mean of −ln p of the true class', {
    meaning: '0: certain and right; a certain wrong answer costs most',
    unit: 'nats',
  }),
} as const satisfies Readonly<Record<string, Metric>>;
