import { heading, list, table, text, type ReportBlock } from '#core/figures/index.ts';
import type { LedgerGroup } from '../audit/ledger-request.ts';
import type { DatasetMarkReport } from '../audit/mark-test-request.ts';
import { isSuspect } from '../audit/picture-regions.ts';
import { titleOfModel } from '../figures/title-of-model.ts';
import type { ModelFindings } from './collect-model.ts';
import { percent, signed, withInterval } from './report-numbers.ts';

/** What readers said of the pictures, counted. */
export interface ReaderFindings {
  readonly marks: Readonly<Record<string, number>>;
  readonly verdicts: Readonly<Record<string, number>>;
  /** Tests that were accepted as findings, the latest first. */
  readonly accepted: readonly AcceptedFinding[];
}

export interface AcceptedFinding {
  readonly subject: string;
  readonly model: string;
  /** Of one picture, not of a dataset. */
  readonly isCase: boolean;
  /** What the test says of itself. */
  readonly sentence: string;
  readonly author: string;
  readonly comment: string;
}

export function describeFindings(models: readonly ModelFindings[], readers: ReaderFindings): readonly ReportBlock[] {
  return [...models.flatMap(describeModel), ...describeReaders(readers)];
}

function describeModel({ record, ledger, regionTests }: ModelFindings): readonly ReportBlock[] {
  const whole = ledger.groups.filter(({ label }) => label === undefined);
  const rows = ledger.groups.map((group) => [
    group.region,
    group.label ?? 'all',
    String(group.pictures),
    withInterval(group.share, intervalOf(group, group.shareInterval), percent),
    withInterval(group.enrichment, intervalOf(group, group.enrichmentInterval), (value) => value.toFixed(2)),
  ]);
  return [
    heading(`${titleOfModel(record)}: where relevance lies`),
    list(whole.filter(isFinding).map(writeFinding).concat(whole.some(isFinding) ? [] : ['No region that should not matter holds more relevance than its area.'])), // prettier-ignore
    table('Positive share of relevance and its enrichment over the area, by region and label, with 95% intervals.', {
      head: ['Region', 'Label', 'Pictures', 'Positive share', 'Enrichment'],
      ...{ rows, shares: [2, 1.5, 1, 2.4, 2.4] },
    }),
    ...describeTests(regionTests),
  ];
}

/** An interval over fewer says nothing. */
const LEAST_PICTURES = 5;

/** Relevance beyond the area where the model should not look, with an interval that leaves out 1. */
const isFinding = ({ region, pictures, enrichmentInterval }: LedgerGroup): boolean =>
  isSuspect(region) && pictures >= LEAST_PICTURES && (enrichmentInterval?.low ?? 0) > 1;

/** One picture resamples to itself. */
const intervalOf = ({ pictures }: LedgerGroup, interval: LedgerGroup['shareInterval']): LedgerGroup['shareInterval'] =>
  pictures < 2 ? undefined : interval;

const writeFinding = ({ region, share, enrichment, enrichmentInterval, pictures, unit }: LedgerGroup): string =>
  `"${region}" holds ${percent(share)} of positive relevance, ${withInterval(enrichment, enrichmentInterval, (value) => value.toFixed(2))} times what its area would, on ${pictures} pictures (intervals by ${unit === 'patient' ? 'patient' : 'picture'}). That it matters to the answer is for a test to show.`;

function describeTests(tests: readonly DatasetMarkReport[]): readonly ReportBlock[] {
  if (tests.length === 0) return [text('No region was taken away for this report; "--region NAME" does, and shows whether the answer changes.')]; // prettier-ignore
  return tests.flatMap(({ region, sentence, marks, nulls, effects }): readonly ReportBlock[] => [
    heading(`What happens without "${region}"`),
    text(sentence),
    list(
      [
        `Shortcut used: ${percent(marks.rate)} of ${marks.cases} cases (${percent(marks.interval.low)} to ${percent(marks.interval.high)}).`,
        nulls
          ? `False alarms among ${nulls.cases} marks of nothing: ${percent(nulls.rate)} (${percent(nulls.interval.low)} to ${percent(nulls.interval.high)}).`
          : '',
      ].filter((item) => item !== ''),
    ),
    table('Mean net effect of taking it away, beyond matched controls, with 95% intervals.', {
      head: ['Class', 'Logit', 'Probability', 'Intervals by'],
      rows: effects.map(({ label, logit, logitInterval, probability, probabilityInterval, unit }) => [
        ...[label, withInterval(logit, logitInterval, signed), withInterval(probability, probabilityInterval, signed)],
        unit === 'patient' ? 'patient' : 'picture',
      ]),
    }),
  ]);
}

function describeReaders({ marks, verdicts, accepted }: ReaderFindings): readonly ReportBlock[] {
  const counted = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', '); // prettier-ignore
  const none = Object.keys(marks).length + Object.keys(verdicts).length + accepted.length === 0;
  return [
    heading('What readers said'),
    none
      ? text('No reader marked or judged a picture.')
      : list([`Marks by kind: ${counted(marks) || 'none'}.`, `Verdicts on cases: ${counted(verdicts) || 'none'}.`]),
    ...(accepted.length === 0 ? [] : [heading('Accepted as findings'), list(accepted.map(writeAccepted))]),
  ];
}

const writeAccepted = ({ subject, model, isCase, sentence, author, comment }: AcceptedFinding): string =>
  [
    `"${subject}" ${isCase ? 'on one picture' : 'over the dataset'}, ${model}.`,
    sentence,
    `${author}: ${comment || 'no comment'}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
