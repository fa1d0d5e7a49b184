import { summarizeShares, type BootstrapOptions } from '#core/audit/index.ts';
import { reasonOf } from '#shared/measurement.ts';
import type { LedgerCase, LedgerGroup, LedgerRow } from './ledger-request.ts';
import { isSuspect } from './picture-regions.ts';

/** A row and whose picture it is; patients are told to nobody. */
export interface BookedRow {
  readonly row: LedgerRow;
  readonly patient: string | undefined;
}

/** Each region over all pictures, then over those of each label. */
export function groupRows(booked: readonly BookedRow[], bootstrap: BootstrapOptions | false): readonly LedgerGroup[] {
  const regions = [...new Set(booked.map(({ row }) => row.region))];
  const labels = [...new Set(booked.flatMap(({ row }) => row.label ?? []))].sort();
  return regions.flatMap((region) =>
    [undefined, ...labels].flatMap((label) => {
      const own = booked.filter(({ row }) => row.region === region && (label === undefined || row.label === label));
      const group = groupOf(own, bootstrap);
      return group ? [{ ...group, region, label }] : [];
    }),
  );
}

function groupOf(
  booked: readonly BookedRow[],
  bootstrap: BootstrapOptions | false,
): Omit<LedgerGroup, 'region' | 'label'> | undefined {
  const shares = booked.flatMap(({ row: { positiveShare, areaShare }, patient }) =>
    reasonOf(positiveShare) === undefined ? [{ share: positiveShare.value, areaShare, patient }] : [],
  );
  const leftOut: Record<string, number> = {};
  for (const { row } of booked) {
    const reason = reasonOf(row.positiveShare);
    if (reason !== undefined) leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  }
  const group = summarizeShares(shares, bootstrap);
  return group && { ...group, leftOut };
}

/** One case for each picture, by the region it is worst in; worst first. */
export function queueWorst(rows: readonly LedgerRow[]): readonly LedgerCase[] {
  const worst = new Map<string, LedgerCase>();
  for (const { picture, path, label, predicted, region, positiveShare, enrichment, excess } of rows) {
    if (excess === undefined || !isSuspect(region)) continue;
    if ((worst.get(picture)?.excess ?? -Infinity) >= excess) continue;
    const [share, dense] = [positiveShare.value, enrichment.value];
    worst.set(picture, { picture, path, label, predicted, region, positiveShare: share, enrichment: dense, excess });
  }
  return [...worst.values()].sort((a, b) => b.excess - a.excess);
}
