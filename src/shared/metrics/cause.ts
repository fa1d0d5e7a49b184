import { define, type Metric } from './metric.ts';

const scales = 'logit, log-odds, probability';

/** What happens when a region is taken away, or put elsewhere. */
export const causeMetrics = {
  removalEffect: define('Removal effect Δ_M', 'g_c(x) − g_c(x without M)', {
    meaning: 'for every class c on three scales g: logit, log-odds, probability',
    source: 'Zeiler and Fergus 2014; Nauta et al. 2021',
    unit: scales,
  }),
  control: define('Control', 'mean Δ_j, j = 1 … 12', {
    meaning: 'the same fill on the same pixels elsewhere, as far from the middle',
    unit: scales,
    undefinedWhen: 'the region fits nowhere else',
  }),
  netEffect: define('Net effect δ', 'Δ_M − mean Δ_j', {
    meaning: 'over fills: the median; above zero the region spoke for the class',
    unit: scales,
    undefinedWhen: 'there is no control',
  }),
  deviations: define('Deviations', 'δ / standard deviation of the Δ_j', {
    meaning: 'present from 3 on, by more than half of the fills',
    unit: 'standard deviations',
    undefinedWhen: 'there is no control',
  }),
  fillSensitivity: define('Fill sensitivity', 'least and largest δ over fills', {
    meaning: 'where the sign turns, the verdict is inconclusive',
    unit: 'as the net effect',
  }),
  verdict: define('Verdict', 'E ≥ 2 against effect present', {
    meaning: 'present: 0.5 logit, 0.5 log-odds or 0.05 probability, and 3 deviations',
    unit: 'one of five',
  }),
  meanNetEffect: define('Mean net effect', 'Σ δ_i / n', {
    meaning: '95 % percentile bootstrap, 2,000 resamples of patients, or of pictures where none are known',
    unit: scales,
    undefinedWhen: 'no case has a net effect',
  }),
  signedRank: define('p', 'P(|W − E W| as large), W = Σ ranks of |δ_i| with δ_i > 0', {
    meaning: 'two-sided, one δ for each patient; exact up to 50',
    source: 'Wilcoxon 1945',
    unit: 'probability',
    undefinedWhen: 'every δ is zero',
  }),
  adjusted: define('q', 'min over j ≥ k of p₍ⱼ₎·m / j', {
    meaning: 'm: all regions, classes and both scales tested with this model',
    source: 'Benjamini and Hochberg 1995',
    unit: 'probability',
  }),
  rate: define('Rate', 'cases with the verdict shortcut used / cases', {
    meaning: '95 % interval by Wilson; of marks of nothing it is the false-alarm rate',
    source: 'Wilson 1927',
    unit: 'share',
    undefinedWhen: 'none were tested',
  }),
  insertion: define('Net effect of insertion', 'mean of g_c(x ⊕ artefact) − g_c(x ⊕ ground)', {
    meaning: 'the ground the artefact stood on, as bright as what it covers, through the same matte',
    unit: scales,
  }),
  insertionFlips: define(
    'Flip rate of insertion',
    'pictures taken for c afterwards / pictures not taken for c before',
    {
      meaning: '95 % interval by Wilson; of the control, the same with the ground pasted',
      source: 'Wilson 1927',
      unit: 'share',
      undefinedWhen: 'every picture was taken for c before',
    },
  ),
} as const satisfies Readonly<Record<string, Metric>>;
