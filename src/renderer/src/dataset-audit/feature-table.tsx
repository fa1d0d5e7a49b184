import type { JSX } from 'react';
import type { AuditedAuc, DatasetAudit } from '#shared/contract/dataset-audit.ts';
import { AucBar } from './auc-bar.tsx';
import { auditWords } from './words.ts';

interface FeatureRow {
  readonly name: string;
  readonly definition: string;
  readonly results: readonly (AuditedAuc | undefined)[];
  readonly isWhole?: boolean;
}

/** A row for each feature, a column for each class; together and by source at the end. */
export function FeatureTable({ audit }: { readonly audit: DatasetAudit }): JSX.Element {
  const { classes } = audit;
  return (
    <section className="audit-part">
      <h2 title={auditWords.aucTip}>{auditWords.features}</h2>
      <div className="audit-scroll" tabIndex={0} role="region" aria-label={auditWords.features}>
        <table className="audit-table">
          <thead>
            <tr>
              <th scope="col">{auditWords.feature}</th>
              {classes.map(({ label, positives, rest }) => (
                <th key={label} scope="col">
                  {label}{' '}
                  <span className="quiet">
                    {positives} / {rest}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {listRows(audit).map(({ name, definition, results, isWhole }) => (
              <tr key={name} data-whole={isWhole}>
                <th scope="row" title={definition}>
                  {name}
                </th>
                {results.map((result, at) => (
                  <td key={classes[at]?.label}>{result && <AucBar result={result} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Coefficients audit={audit} />
    </section>
  );
}

function listRows({ features, classes }: DatasetAudit): readonly FeatureRow[] {
  const sources = [...new Set(classes.flatMap(({ withoutSource }) => withoutSource.map(({ source }) => source)))];
  return [
    ...features.map(({ name, definition, kind }, at) => ({
      name,
      definition: kind === 'category' ? `${definition}. ${auditWords.categoryTip}` : definition,
      results: classes.map((one) => one.features[at]?.result),
    })),
    {
      ...{ name: auditWords.together, definition: auditWords.togetherTip, isWhole: true },
      results: classes.map(({ together }) => together),
    },
    ...sources.map((source) => ({
      ...{ name: auditWords.source(source), definition: auditWords.togetherTip },
      results: classes.map(({ withoutSource }) => withoutSource.find((one) => one.source === source)?.result),
    })),
  ];
}

const STRONGEST = 4;

function Coefficients({ audit }: { readonly audit: DatasetAudit }): JSX.Element {
  return (
    <p className="quiet">
      {auditWords.coefficients}:{' '}
      {audit.classes
        .map(({ label, coefficients }) => {
          const strongest = coefficients
            .slice(0, STRONGEST)
            .map(({ name, logOdds }) => `${name} ${logOdds.toFixed(2)}`);
          return `${label}: ${strongest.join(', ')}`;
        })
        .join(' · ')}
    </p>
  );
}
