import { adjustTests, computeLabelAssociation, FEWEST_MARKED } from '#core/audit/index.ts';
import type { Dataset, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { AssociationView } from '#shared/contract/dataset-audit.ts';
import { isSuspect } from '../audit/picture-regions.ts';
import type { AuditedSample } from './audited-samples.ts';

/** How marks, and masks of what a model should not look at, go with each class against the rest. */
export function associateMarks(
  catalog: ReadonlyCatalog,
  dataset: Dataset,
  { judged, labels }: { readonly judged: readonly AuditedSample[]; readonly labels: readonly string[] },
): readonly AssociationView[] {
  const labelOf = new Map(judged.map(({ id, label }) => [id, label]));
  const regions = Map.groupBy(catalog.samples.listRegions(dataset.id), ({ region }) => region);
  const tables = [...regions].flatMap(([region, rows]) => {
    if (!isSuspect(region)) return [];
    const marked = rows.flatMap(({ sampleId }) => labelOf.get(sampleId) ?? []);
    return marked.length === 0 ? [] : labels.map((label) => ({ region, label, ...countTable(marked, judged, label) }));
  });
  const associations = tables.map((table) => ({ ...table, ...computeLabelAssociation(table) }));
  const rates = adjustTests(associations.map(({ pValue }) => pValue));
  return associations.map((one, at) => ({
    ...one,
    rate: rates[at] ?? 1,
    isReliable: Math.min(one.markedOfClass, one.markedOfRest) >= FEWEST_MARKED,
  }));
}

function countTable(
  marked: readonly string[],
  judged: readonly AuditedSample[],
  label: string,
): Pick<AssociationView, 'markedOfClass' | 'ofClass' | 'markedOfRest' | 'ofRest'> {
  const markedOfClass = marked.filter((one) => one === label).length;
  const ofClass = judged.filter((one) => one.label === label).length;
  return { markedOfClass, ofClass, markedOfRest: marked.length - markedOfClass, ofRest: judged.length - ofClass };
}
