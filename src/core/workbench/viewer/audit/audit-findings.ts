import type { Audit, FindingRecord, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { FindingView } from '#shared/contract/audit.ts';
import { listCaseChanges } from './kept-cases.ts';
import { listRunChanges } from './runs.ts';

/** What was taken for established of a dataset, the latest first. */
export function listFindings(catalog: ReadonlyCatalog, dataset: number): FindingView[] {
  return catalog.snapshot(() => catalog.findings.list(dataset).map((finding) => describe(catalog, finding)));
}

function describe(catalog: ReadonlyCatalog, finding: FindingRecord): FindingView {
  const audit = catalog.audits.get(finding.audit);
  const { sentence = '' } = audit.result as { readonly sentence?: string };
  const { kind, subject, sample } = audit;
  return {
    ...finding,
    ...{ kind: kind as FindingView['kind'], subject, ...(sample !== undefined && { sample }), sentence },
    changes: listChanges(catalog, audit),
  };
}

function listChanges(catalog: ReadonlyCatalog, audit: Audit): string[] {
  if (audit.sample === undefined) return listRunChanges(catalog, audit);
  const facts = { model: catalog.models.get(audit.model), recipe: undefined, composite: undefined };
  return listCaseChanges(catalog, { audit, sample: catalog.samples.get(audit.sample) }, facts);
}
