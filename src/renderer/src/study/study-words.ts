import type { AgreementView } from '#shared/contract/study.ts';

const fixed = (value: number): string => value.toFixed(2);

/** What the study panel says. */
export const studyWords = {
  title: 'Study',
  about:
    'A study is one file with marks, verdicts and the hashes of pictures. It carries them to another workstation, and two readers’ studies can be compared.',
  file: 'File, ending in .lightbox-study',
  save: 'Save a study',
  pictures: 'With the pictures: their pixels alone, without names or tags',
  saved: (samples: number, marks: number, reviews: number): string =>
    `Saved: ${samples} pictures’ hashes, ${marks} marks, ${reviews} verdicts and notes.`,
  bring: 'Bring in a study',
  brought: (marks: number, reviews: number, known: number): string =>
    `Added: ${marks} marks, ${reviews} verdicts and notes; ${known} were there already.`,
  two: 'Two readers',
  first: 'First reader’s study',
  second: 'Second reader’s study',
  compare: 'Compare',
  join: 'Join into a new file',
  joined: 'Joined study',
  joinedTo: (settled: number, open: number): string =>
    `${settled} verdicts are settled, ${open} cases are open. Bring the joined study in, call yourself “adjudicated”, and N leads from one open case to the next.`,
  kappa: ({ kappa, cases }: AgreementView): string => {
    if (!kappa) return `${cases.both} cases read by both; kappa is not defined.`;
    const range =
      kappa.low === undefined || kappa.high === undefined ? '' : ` (95 % ${fixed(kappa.low)} to ${fixed(kappa.high)})`;
    return `${cases.both} cases read by both; Cohen’s kappa of verdicts ${fixed(kappa.value)}${range}.`;
  },
  dice: (kind: string, mean: number, cases: number): string =>
    `Dice of ${kind}: ${fixed(mean)} over ${cases} ${cases === 1 ? 'case' : 'cases'}.`,
  settle: (count: number): string => (count === 0 ? 'Nothing is left to settle.' : `To settle: ${count}`),
  picture: 'Picture',
  none: '–',
} as const;
