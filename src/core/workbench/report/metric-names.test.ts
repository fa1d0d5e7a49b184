import { expect, it } from 'vitest';
import { mapMeasureNames } from '#core/audit/index.ts';
import { metrics, qualityMetrics } from '#shared/metrics/index.ts';
import { writeRegionsCsv } from '../audit/ledger-csv.ts';

const known = Object.keys(metrics);

it('every number of maps and of their quality has a definition', () => {
  for (const name of [...mapMeasureNames, ...Object.keys(qualityMetrics)]) expect(known).toContain(name);
});

it('every measure of the ledger has a definition', () => {
  const [head = ''] = writeRegionsCsv([]).split('\n');
  expect(head).toContain('enrichment');
  for (const name of [
    'positiveShare',
    'negativeShare',
    'enrichment',
    'log2Enrichment',
    'rankAccuracy',
    'pointing',
    'excess',
  ])
    expect(known).toContain(name);
});
