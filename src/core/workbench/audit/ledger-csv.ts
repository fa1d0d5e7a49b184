import { writeCsv, type CsvCell } from '#core/audit/index.ts';
import { definedOf, reasonOf } from '#shared/measurement.ts';
import type { LedgerGroup, LedgerRow } from './ledger-request.ts';

/** `ledger.csv`: a row for each picture and region; what is not defined is empty, with its reason in the last column. */
export function writeLedgerCsv(rows: readonly LedgerRow[]): string {
  const isNamed = rows.some(({ path }) => path !== undefined);
  const head = [
    'picture',
    ...(isNamed ? ['path'] : []),
    'label',
    'predicted',
    'target',
    'target_logit',
    'turned',
    'region',
  ];
  const measures = [
    'area_share',
    'positive_share',
    'negative_share',
    'enrichment',
    'log2_enrichment',
    'rank_accuracy',
    'pointing',
    'excess',
  ];
  return writeCsv([[...head, ...measures, 'undefined_because'], ...rows.map((row) => cellsOf(row, isNamed))]);
}

function cellsOf(row: LedgerRow, isNamed: boolean): CsvCell[] {
  const { positiveShare, negativeShare, enrichment, log2Enrichment, rankAccuracy, pointing } = row;
  const measured = [positiveShare, negativeShare, enrichment, log2Enrichment, rankAccuracy, pointing];
  return [
    ...[row.picture, ...(isNamed ? [row.path] : []), row.label, row.predicted, row.target, row.targetLogit],
    ...[row.isTurned ? 1 : 0, row.region, row.areaShare, ...measured.map(definedOf), row.excess],
    [...new Set(measured.flatMap((one) => reasonOf(one) ?? []))].join('; '),
  ];
}

/** `regions.csv`: a row for each region over all pictures (empty label) and over each label's. */
export function writeRegionsCsv(groups: readonly LedgerGroup[]): string {
  const head = ['region', 'label', 'pictures', 'left_out', 'share', 'share_low', 'share_high'];
  const enrichment = ['enrichment', 'enrichment_low', 'enrichment_high', 'resampled'];
  return writeCsv([
    [...head, ...enrichment],
    ...groups.map((group) => [
      ...[
        group.region,
        group.label,
        group.pictures,
        Object.values(group.leftOut).reduce((sum, count) => sum + count, 0),
      ],
      ...[group.share, group.shareInterval?.low, group.shareInterval?.high],
      ...[group.enrichment, group.enrichmentInterval?.low, group.enrichmentInterval?.high, group.unit],
    ]),
  ]);
}
