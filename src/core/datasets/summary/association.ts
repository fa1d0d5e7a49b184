import type { AttributeCount } from './dataset-facts.ts';

/** How strongly an attribute goes with the label. */
export interface Association {
  /** Cramér's V with Bergsma's correction for small samples, 0 (independent) to 1 (one tells the other). */
  readonly cramersV: number;
  readonly samples: number;
  /** The value whose share differs most between two labels. */
  readonly value: string;
  readonly most: LabelShare;
  readonly least: LabelShare;
}

export interface LabelShare {
  readonly label: string;
  /** Of the label's samples, how many have the value; 0 to 1. */
  readonly share: number;
  readonly total: number;
}

/** Undefined where there is nothing to compare: one value or one label. */
export function computeAssociation(counts: readonly AttributeCount[]): Association | undefined {
  const labels = sumBy(counts, ({ label }) => label);
  const values = sumBy(counts, ({ value }) => value);
  if (labels.size < 2 || values.size < 2) return undefined;
  const samples = [...labels.values()].reduce((sum, count) => sum + count, 0);
  const cramersV = correctedV(computePhiSquared(counts, { labels, values, samples }), {
    samples,
    rows: values.size,
    columns: labels.size,
  });
  return { cramersV, samples, ...findWidestGap(counts, labels, values) };
}

interface Margins {
  readonly labels: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, number>;
  readonly samples: number;
}

/** chi² / n = the sum over all cells of observed² / (row total x column total), less 1. */
function computePhiSquared(counts: readonly AttributeCount[], { labels, values }: Margins): number {
  const cells = counts.map(
    ({ value, label, count }) => count ** 2 / ((values.get(value) ?? 1) * (labels.get(label) ?? 1)),
  );
  return cells.reduce((sum, cell) => sum + cell, 0) - 1;
}

/** W. Bergsma, A bias-correction for Cramér's V and Tschuprow's T, J. Korean Stat. Soc. 42 (2013), 323-328. */
function correctedV(
  phiSquared: number,
  { samples, rows, columns }: { samples: number; rows: number; columns: number },
): number {
  if (samples < 2) return 0;
  const chance = ((rows - 1) * (columns - 1)) / (samples - 1);
  const correct = (size: number): number => size - (size - 1) ** 2 / (samples - 1);
  const range = Math.min(correct(rows), correct(columns)) - 1;
  return range <= 0 ? 0 : Math.min(1, Math.sqrt(Math.max(0, phiSquared - chance) / range));
}

function findWidestGap(
  counts: readonly AttributeCount[],
  labels: ReadonlyMap<string, number>,
  values: ReadonlyMap<string, number>,
): Pick<Association, 'value' | 'most' | 'least'> {
  const gaps = [...values.keys()].map((value) => {
    const shares = Array.from(labels, ([label, total]) => {
      const count = counts.find((entry) => entry.value === value && entry.label === label)?.count ?? 0;
      return { label, total, share: count / total };
    }).toSorted((a, b) => b.share - a.share);
    const [most = nobody] = shares;
    return { value, most, least: shares.at(-1) ?? nobody };
  });
  return gaps.reduce((widest, gap) => (spread(gap) > spread(widest) ? gap : widest));
}

const nobody: LabelShare = { label: '', share: 0, total: 0 };
const spread = ({ most, least }: Pick<Association, 'most' | 'least'>): number => most.share - least.share;

function sumBy(counts: readonly AttributeCount[], key: (entry: AttributeCount) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const entry of counts) sums.set(key(entry), (sums.get(key(entry)) ?? 0) + entry.count);
  return sums;
}
