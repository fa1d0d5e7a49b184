/** What the audit of a dataset says. */
export const auditWords = {
  title: 'What the data give away before any network has seen them',
  run: 'Look at the dataset',
  again: 'Look again',
  cancel: 'Cancel',
  stale: 'Pictures, labels or marks have changed since.',
  teach:
    'Brightness of the border, size of the file, the source: if such things tell the label, a network will find them before it finds the disease. Press the button: every picture is looked at once.',
  noClasses: 'The dataset has fewer than two classes; there is no label to tell.',
  pictures: (pictures: number, unit: 'patient' | 'case'): string =>
    `${pictures.toLocaleString('en')} pictures, ${unit === 'patient' ? 'by patient' : 'each on its own: no patients are known'}`,
  leftOut: (copies: number, unlabelled: number, unmeasured: number): string =>
    `left out: ${copies} copies, ${unlabelled} without label, ${unmeasured} not readable`,
  findings: 'First of all',
  nothing: 'Nothing that stands out was found. That is no proof that nothing is there.',
  features: 'How well trivial features tell each class from the rest',
  feature: 'Feature',
  together: 'all together',
  togetherTip:
    'Logistic regression on all features, in standard deviations with a weak penalty; mean AUC over five folds that keep patients together.',
  aucTip:
    'AUC: the chance that a picture of the class has the larger value than one of the rest. 0.5 tells nothing; below 0.5 the class has the smaller values and is told as well. The line is the 95 % interval.',
  categoryTip: 'Categories have no order: AUC of a cross-validated regression on them.',
  source: (source: string): string => `on ${source || 'pictures without source'}, learned from the others`,
  coefficients: 'Strongest in the regression (log-odds for a standard deviation)',
  twins: 'Pictures that stand in the dataset twice',
  twinsTip: (threshold: number): string =>
    `Same file: same SHA-256. Near and mirrored: difference hashes of 256 bits that differ in at most ${threshold}.`,
  kinds: { 'same file': 'same file', near: 'nearly the same', mirrored: 'mirrored' },
  pairs: 'pairs',
  across: 'across splits',
  conflicting: 'other label',
  open: (first: string, second: string): string => `Open the pair ${first} and ${second} in the gallery`,
  bits: (distance: number): string => `${distance} bits`,
  samePatient: 'same patient',
  otherPatient: 'other patients',
  noTwins: 'None were found.',
  more: (listed: number): string => `The first ${listed} are listed.`,
  marks: 'Marks and masks that go with the label',
  marksTip:
    'Odds ratio with one half added to each cell and Woolf’s 95 % interval; Cramér’s V; false discovery rate by Benjamini and Hochberg over all rows.',
  marked: 'Marked',
  label: 'Class',
  ofClass: 'of the class',
  ofRest: 'of the rest',
  odds: 'Odds ratio',
  rate: 'FDR',
  few: 'fewer than 30 marked',
  noMarks: 'Nothing is marked yet. What readers mark (M in a picture) is compared with the label here.',
} as const;
