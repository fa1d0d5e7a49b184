import type { JSX } from 'react';
import type { DatasetAudit } from '#shared/contract/dataset-audit.ts';
import { auditWords } from './words.ts';

/** How marks and masks go with each class against the rest. */
export function MarkTable({ audit: { associations } }: { readonly audit: DatasetAudit }): JSX.Element {
  const order = associations.toSorted((a, b) => a.rate - b.rate);
  const { marked, label, ofClass, ofRest, odds, rate } = auditWords;
  return (
    <section className="audit-part">
      <h2 title={auditWords.marksTip}>{auditWords.marks}</h2>
      {order.length === 0 ? (
        <p className="quiet">{auditWords.noMarks}</p>
      ) : (
        <div className="audit-scroll" tabIndex={0} role="region" aria-label={auditWords.marks}>
          <table className="audit-table">
            <thead>
              <tr>
                {[marked, label, ofClass, ofRest, odds, "Cramér's V", rate].map((name) => (
                  <th key={name} scope="col" title={auditWords.marksTip}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {order.map((one) => (
                <tr key={`${one.region} ${one.label}`} data-telling={one.rate < 0.05}>
                  <th scope="row">{one.region}</th>
                  <td>{one.label}</td>
                  <td>{`${one.markedOfClass} of ${one.ofClass}`}</td>
                  <td>{`${one.markedOfRest} of ${one.ofRest}`}</td>
                  <td>
                    {one.oddsRatio.toFixed(2)}{' '}
                    <span className="quiet">
                      {one.interval.low.toFixed(2)}–{one.interval.high.toFixed(2)}
                    </span>
                  </td>
                  <td>{one.cramersV.toFixed(2)}</td>
                  <td>
                    {one.rate < 0.001 ? '< 0.001' : one.rate.toFixed(3)}{' '}
                    {!one.isReliable && <span className="quiet">{auditWords.few}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
