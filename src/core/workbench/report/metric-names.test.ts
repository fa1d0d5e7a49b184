import { expect, it } from 'vitest';
import { mapMeasureNames } from '#core/audit/index.ts';
import { metricDefinitions, metricGroups } from '#shared/metric-definitions.ts';
import { writeRegionsCsv } from '../audit/ledger-csv.ts';
import { qualityMeasureTexts } from '#shared/quality-measures.ts';

const known = Object.keys(metricDefinitions);

it('every number of maps and of their quality has a definition', () => {
  for (const name of [...mapMeasureNames, ...Object.keys(qualityMeasureTexts)]) expect(known).toContain(name);
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

it('a definition has a name of its own, a formula and a unit, and stands in one group', () => {
  const all = metricGroups.flatMap(({ metrics }) => metrics);
  expect(all.length).toBe(known.length);
  expect(new Set(all.map(({ name }) => name)).size).toBe(known.length);
  for (const { formula, unit } of all) expect(formula.length * unit.length).toBeGreaterThan(0);
});
