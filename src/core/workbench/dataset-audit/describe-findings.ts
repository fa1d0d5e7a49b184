import type { AuditedAuc, DatasetAudit } from '#shared/contract/dataset-audit.ts';

/** An AUC this far from 0.5, with an interval that leaves 0.5 out, is worth a sentence. */
const NOTABLE = 0.1;
const MOST_OF_CLASS = 3;

type Findings = Pick<DatasetAudit, 'classes' | 'twins' | 'associations'>;

/** What a careful reader would want to know first. */
export function describeFindings({ classes, twins, associations }: Findings): string[] {
  return [
    ...classes.flatMap(describeClass),
    ...describeTwins(twins),
    ...associations.flatMap(({ region, label, oddsRatio, interval: { low, high }, rate, isReliable }) =>
      rate < 0.05 && (low > 1 || high < 1)
        ? [
            `"${region}" goes with ${label}: odds ratio ${oddsRatio.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)})${isReliable ? '' : ', on few marked pictures'}.`,
          ]
        : [],
    ),
  ];
}

function describeClass({ label, features, together }: DatasetAudit['classes'][number]): readonly string[] {
  const telling = features.flatMap(({ name, result }) => (isNotable(result) ? [{ name, result }] : []));
  const strongest = telling.toSorted((a, b) => strengthOf(b.result) - strengthOf(a.result)).slice(0, MOST_OF_CLASS);
  const alone = strongest.map(({ name, result }) => `${name} ${describeAuc(result)}`).join(', ');
  return [
    ...(isNotable(together) ? [`What no one has to understand a picture for tells ${label} from the rest with an AUC of ${describeAuc(together)}.`] : []),
    ...(strongest.length > 0 ? [`Alone, ${label} is told from the rest by ${alone}.`] : []),
  ]; // prettier-ignore
}

function describeTwins({ counts, crowded, most }: Findings['twins']): readonly string[] {
  return [
    ...counts.flatMap(({ kind, acrossSplits, conflicting }) => [
      ...(acrossSplits > 0 ? [`${pairsOf(acrossSplits, kind)} in different splits.`] : []),
      ...(conflicting > 0 ? [`${pairsOf(conflicting, kind)} with different labels.`] : []),
    ]),
    ...(crowded > 0
      ? [
          `${crowded.toLocaleString('en')} ${crowded === 1 ? 'picture looks' : 'pictures look'} like ${most} earlier ones or more; of each, ${most} pairs are counted.`,
        ]
      : []),
  ];
}

type Known = Extract<AuditedAuc, { readonly auc: number }>;

const isNotable = (result: AuditedAuc): result is Known =>
  'auc' in result && strengthOf(result) >= NOTABLE && (result.interval.low > 0.5 || result.interval.high < 0.5);

const strengthOf = ({ auc }: Known): number => Math.abs(auc - 0.5);

const describeAuc = ({ auc, interval: { low, high } }: Known): string =>
  `${auc.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;

const names = {
  'same file': 'of the same file',
  near: 'of nearly the same picture',
  mirrored: 'of mirror images',
} as const;

const pairsOf = (count: number, kind: keyof typeof names): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'pair' : 'pairs'} ${names[kind]}`;
