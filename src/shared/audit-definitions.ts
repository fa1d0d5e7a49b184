/** What every number of the audit is: said in tooltips, and in docs/audit.md, which a test compares with this. */
export interface Definition {
  readonly name: string;
  readonly formula: string;
  readonly remark: string;
}

const define = (name: string, formula: string, remark: string): Definition => ({ name, formula, remark });

export const auditDefinitions = {
  positiveShare: define(
    'positive share (RMA)',
    'Σ a·R⁺ / Σ_Ω R⁺',
    'relevance mass accuracy (Arras, Osman, Samek 2022). Undefined: empty M, no R⁺',
  ),
  negativeShare: define('negative share', 'the same of max(−R, 0)', 'never mixed with the positive'),
  share: define('share, either sign', 'Σ a·|R| / Σ_Ω |R|', 'in what is taken away: the region and one pixel around it'),
  area: define('area', '|M| / |Ω|', 'share of the pixels of the model’s input'),
  enrichment: define(
    'enrichment E',
    'share / (|M| / |Ω|), also as log₂',
    '1 by chance; log₂ 0 is −∞ where the share is 0',
  ),
  rankAccuracy: define(
    'rank accuracy',
    '|top K pixels of R in M| / K, K = |M| in whole pixels',
    'whole pixels: covered by half or more (else those covered most); of equals the first',
  ),
  excess: define(
    'excess',
    'share − |M| / |Ω|',
    'the queue is sorted by the largest one of a picture in what is no anatomy: worst first',
  ),
  groupShare: define(
    'of a group of pictures',
    'mean share; Σ share / Σ (|M|/|Ω|)',
    'pictures without a share are left out and counted',
  ),
  removal: define(
    'removal effect Δ_M',
    'g_c(x) − g_c(x without M)',
    'for every class c on three scales g: logit, log-odds, probability (Zeiler, Fergus 2014)',
  ),
  control: define(
    'control',
    'mean Δ_j, j = 1 … 12',
    'the same fill on the same pixels elsewhere, as far from the middle',
  ),
  net: define('net effect δ', 'Δ_M − mean Δ_j', 'over fills: the median; above zero the region spoke for the class'),
  deviations: define(
    'deviations',
    'δ / standard deviation of the Δ_j',
    'present from 3 on, by more than half of the fills',
  ),
  fillSensitivity: define(
    'fill sensitivity',
    'least and largest δ over fills',
    'where the sign turns, the verdict is inconclusive',
  ),
  verdict: define(
    'verdict',
    'E ≥ 2 against effect present',
    'present: 0.5 logit, 0.5 log-odds or 0.05 probability, and 3 deviations',
  ),
  mean: define(
    'mean net effect',
    'Σ δ_i / n',
    '95 % percentile bootstrap, 2,000 resamples of patients, or of pictures where none are known',
  ),
  signedRank: define(
    'p',
    'P(|W − E W| as large), W = Σ ranks of |δ_i| with δ_i > 0',
    'Wilcoxon’s signed ranks (1945), two-sided, one δ for each patient; exact up to 50',
  ),
  adjusted: define(
    'q',
    'min over j ≥ k of p₍ⱼ₎·m / j',
    'Benjamini and Hochberg (1995), m: all regions, classes and both scales tested with this model',
  ),
  rate: define(
    'rate',
    'cases with the verdict shortcut used / cases',
    '95 % interval by Wilson (1927); of marks of nothing it is the false-alarm rate',
  ),
  auc: define(
    'AUC',
    'P(p_c of a picture of c > p_c of another), ties half',
    '95 % percentile bootstrap; above 0.5 without the anatomy the surroundings carry the label',
  ),
  flips: define(
    'flip rate',
    'pictures taken for c afterwards / pictures not taken for c before',
    '95 % interval by Wilson (1927)',
  ),
  insertion: define(
    'net effect of insertion',
    'mean of g_c(x ⊕ artefact) − g_c(x ⊕ ground)',
    'the ground the artefact stood on, as bright as what it covers, through the same matte',
  ),
} as const satisfies Readonly<Record<string, Definition>>;

export type DefinitionName = keyof typeof auditDefinitions;
