/** What the audit says: beside a picture, and over a dataset. */
export const auditWords = {
  title: 'Audit',
  beside: 'Audit beside the picture',
  reading: 'Reading',
  region: 'Region',
  test: 'Test this region',
  testing: 'Take the region out, fill it, compare with controls',
  previews: 'Filled pictures',
  hidePreviews: 'Hide filled pictures',
  gone: 'not to be had',
  nothing: 'The model sees nothing here that could be taken out. Mark something first.',
  notTested:
    'Not tested yet. The region is filled in up to four ways, the same is done to 12 controls elsewhere, and what that does to every class is set beside the relevance that lies there.',
  stale: (changes: readonly string[]): string => `Old: ${changes.join(' and ')} changed since. Test again.`,
  repeat: (subject: string): string => `Repeat on every case with “${subject}”`,
  repeating: 'It runs as a job; its table fills under Audit.',
  accept: 'Accept as a finding',
  accepted: 'Accepted as a finding',
  comment: 'What is established, in your words',
  takeBack: 'Take back',
  undo: 'Undo',
  grid: {
    title: 'Verdict',
    relevant: 'E ≥ 2',
    irrelevant: 'E < 2',
    present: 'effect present',
    absent: 'effect absent',
  },
  tabs: { ledger: 'Ledger', tests: 'Tests', findings: 'Findings' },
  gallery: 'Pictures',
  ledger: {
    worst: 'Worst of each picture',
    region: 'Region of the ledger',
    cases: 'Cases',
    groups: 'Regions and classes',
    show: 'What the ledger shows',
    none: 'No heatmaps to book.',
    noneAdvice:
      'Choose heatmaps at the top, or compute some: the ledger says how much of their relevance lies in each region.',
    unbooked: (count: number): string => `${count.toLocaleString('en')} heatmaps are not booked yet`,
    book: 'Book them',
    missing: (count: number): string => `${count.toLocaleString('en')} pictures have no heatmap`,
    compute: 'Compute them',
    undefinedShares: (count: number): string =>
      `${count.toLocaleString('en')} have no share: no positive relevance, or an empty region`,
    empty: 'Nothing of this list is booked.',
    open: (label: string, region: string): string => `Open ${label}, ${region}`,
    all: 'all',
    columns: { label: 'Class', predicted: 'Predicted', region: 'Region' },
  },
  tests: {
    kinds: {
      'test-dataset': 'Take out on every case',
      nulls: 'False alarms: marks of nothing',
      anatomy: 'Without it, and with nothing else',
      insertion: 'Paste into the others',
    },
    kind: 'What is done',
    model: 'Model',
    split: 'Split',
    allSplits: 'All splits',
    start: 'Start',
    none: 'No test over this dataset yet.',
    noneAdvice:
      'Choose what is done, to which region, with which model, and start. What was tested before is not computed again.',
    runs: 'Runs',
    cases: (shown: number, total: number): string =>
      shown < total
        ? `the latest ${shown} of ${total.toLocaleString('en')} cases`
        : `${shown.toLocaleString('en')} cases`,
    inGallery: 'in the gallery',
    family: (tests: number | undefined): string =>
      tests === undefined
        ? 'q: over the classes and scales of this run'
        : `q: over ${tests} tests of this model on this dataset`,
    failures: (count: number): string => `${count.toLocaleString('en')} pictures could not be used`,
  },
  findings: {
    none: 'Nothing is established yet.',
    noneAdvice: 'Accept a test as a finding, with a comment, beside a picture or under Tests.',
    open: 'Open the case',
    evidence: 'Show the test',
  },
} as const;
