import type { JSX } from 'react';
import type { RunResult } from '#shared/contract/audit-results.ts';
import { HeadRow, type Heading } from './head-row.tsx';
import { showNumber, showSpan } from './show-number.ts';

/** How well the label can be told from the pictures as they are, without the anatomy, and from it alone. */
export function AnatomyTable({ anatomy }: { readonly anatomy: NonNullable<RunResult['anatomy']> }): JSX.Element {
  const { rows, pictures, unit } = anatomy;
  return (
    <table className="numbers" data-testid="anatomy" aria-label="With and without the anatomy">
      <caption>
        {pictures} pictures, resampled by {unit}
      </caption>
      <HeadRow
        headings={[
          ['Pictures'],
          ['fill', 'word'],
          ['mean AUC', 'auc'],
          ...(rows[0]?.auc ?? []).map(({ label }): Heading => [label, 'auc']),
        ]}
      />
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
