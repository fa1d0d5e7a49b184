import type { JSX } from 'react';
import type { RunResult } from '#shared/contract/audit-results.ts';
import { HeadRow, type Heading } from './head-row.tsx';
import { showPercent, showSigned, showSpan } from './show-number.ts';

const headings: readonly Heading[] = [
  ['Class'],
  ['flips', 'insertionFlips'],
  ['control flips', 'insertionFlips'],
  ['net logit', 'insertion'],
  ['net p', 'insertion'],
];

type Insertion = NonNullable<RunResult['insertion']>;

/** How many pictures flip to each class with the artefact, and with the ground it stood on. */
export function InsertionTable({ insertion }: { readonly insertion: Insertion }): JSX.Element {
  const { donors, recipients, classes } = insertion;
  return (
    <table className="numbers" data-testid="insertion" aria-label="Pasted into other pictures">
      <caption>
        from {donors} pictures into {recipients}
      </caption>
      <HeadRow headings={headings} />
      <tbody>
        {classes.map(({ label, candidates, artefact, control, logit, probability }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>
              {artefact ? `${artefact.count} of ${candidates}, ${showPercent(artefact.rate, 0)}` : '–'}
              <small>{showSpan(artefact?.interval, showPercent)}</small>
            </td>
            <td>{control ? `${control.count} of ${candidates}` : '–'}</td>
            <td>
              {showSigned(logit.mean)}
              <small>{showSpan(logit.interval)}</small>
            </td>
            <td>
              {showSigned(probability.mean, 3)}
              <small>{showSpan(probability.interval)}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
