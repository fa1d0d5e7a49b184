import type { JSX } from 'react';
import type { RunResult } from '#shared/contract/audit.ts';
import { showNumber, showSpan } from './show-number.ts';
import { Term } from './term.tsx';

/** How well the label can be told from the pictures as they are, without the anatomy, and from it alone. */
export function AnatomyTable({ anatomy }: { readonly anatomy: NonNullable<RunResult['anatomy']> }): JSX.Element {
  const { rows, pictures, unit } = anatomy;
  return (
    <table className="numbers" data-testid="anatomy" aria-label="With and without the anatomy">
      <caption>
        {pictures} pictures, resampled by {unit}
      </caption>
      <thead>
        <tr>
          <th scope="col">Pictures</th>
          <th scope="col">fill</th>
          <th scope="col">
            <Term name="auc">mean AUC</Term>
          </th>
          {rows[0]?.auc.map(({ label }) => (
            <th key={label} scope="col">
              <Term name="auc">{label}</Term>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ condition, fill, meanAuc, meanAucInterval, auc }) => (
          <tr key={`${condition} ${fill ?? ''}`}>
            <th scope="row">{condition}</th>
            <td className="word">{fill ?? ''}</td>
            <td>
              {showNumber(meanAuc)}
              <small>{showSpan(meanAucInterval)}</small>
            </td>
            {auc.map((one) => (
              <td key={one.label}>
                {showNumber(one.auc)}
                <small>{showSpan(one.interval)}</small>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
