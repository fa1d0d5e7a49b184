import type { runKinds } from '#shared/contract/audit-results.ts';
import type { AnatomyReport } from '../../audit/run-anatomy.ts';
import type { InsertionReport } from '../../audit/insert-artefact.ts';
import type { DatasetMarkReport } from '../../audit/mark-test-request.ts';

/** A run over a dataset in the form the catalog keeps. */
export interface KeptRun {
  readonly kind: (typeof runKinds)[number];
  readonly report: DatasetMarkReport | AnatomyReport | InsertionReport;
  readonly result: object;
}

export const keepRegion = ({
  sentence,
  composite,
  marks,
  nulls,
  effects,
  cases,
  failures,
  ...report
}: DatasetMarkReport): object => ({
  ...{ sentence, composite, failures, seed: report.seed },
  region: { marks, nulls, effects, cases: cases.map(({ sample, kind, verdict }) => ({ sample, kind, verdict })) },
});

export const keepAnatomy = ({ pictures, unit, rows, failures }: AnatomyReport): object => ({
  ...{ sentence: describeAnatomy(rows), failures },
  anatomy: { pictures, unit, rows },
});

export const keepInsertion = ({ donors, recipients, classes, failures, seed }: InsertionReport): object => ({
  ...{ sentence: describeInsertion(classes), failures, seed },
  insertion: { donors, recipients, classes },
});

function describeAnatomy(rows: AnatomyReport['rows']): string {
  const out = rows.filter(({ condition }) => condition === 'anatomy out');
  const above = out.filter(({ meanAucInterval }) => (meanAucInterval?.low ?? 0) > 0.5);
  const told = out
    .map(({ fill, meanAuc, meanAucInterval: span }) =>
      `${meanAuc?.toFixed(2) ?? 'undefined'}${span ? ` (${span.low.toFixed(2)} to ${span.high.toFixed(2)})` : ''} by ${fill ?? ''}`)
    .join(', '); // prettier-ignore
  const verdict =
    above.length === 0
      ? 'nothing shows that the surroundings carry the label'
      : above.length === out.length
        ? 'the surroundings carry the label'
        : 'the surroundings carry the label by one of the fills';
  return `Without the anatomy the mean AUC is ${told}: ${verdict}.`;
}

function describeInsertion(classes: InsertionReport['classes']): string {
  const lead = classes.toSorted((a, b) => (b.artefact?.rate ?? 0) - (a.artefact?.rate ?? 0))[0];
  if (!lead?.artefact) return 'Nothing could flip.';
  const { label, candidates, artefact, control } = lead;
  return `Pasted in, it flips ${artefact.count} of ${candidates} pictures to ${label}; the ground it stood on flips ${control?.count ?? 0}.`;
}
