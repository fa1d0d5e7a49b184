import type { JSX } from 'react';
import type { CaseResult } from '#shared/contract/audit-results.ts';
import type { RegionVerdict } from '#shared/region-verdicts.ts';
import { auditWords as words } from './audit-words.ts';
import { Term } from './term.tsx';

const rows: readonly { readonly name: string; readonly cells: readonly RegionVerdict[] }[] = [
  { name: words.grid.relevant, cells: ['shortcut used', 'redundant or unfaithful map'] },
  { name: words.grid.irrelevant, cells: ['map misses it', 'not used'] },
];

/** Relevance against effect, and where each class of the picture stands; the region's own verdict is framed. */
export function VerdictGrid({ result }: { readonly result: CaseResult }): JSX.Element {
  const standing = (verdict: RegionVerdict): string =>
    result.classes.flatMap((one) => (one.verdict === verdict ? [one.label] : [])).join(', ');
  return (
    <table className="verdict-grid" data-testid="verdict" data-verdict={result.verdict}>
      <thead>
        <tr>
          <th scope="col">
            <Term name="verdict">{words.grid.title}</Term>
          </th>
          <th scope="col">{words.grid.present}</th>
          <th scope="col">{words.grid.absent}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells }) => (
          <tr key={name}>
            <th scope="row">
              <Term name="enrichment">{name}</Term>
            </th>
            {cells.map((verdict) => (
              <Cell key={verdict} {...{ verdict, classes: standing(verdict) }} isOwn={result.verdict === verdict} />
            ))}
          </tr>
        ))}
        {standing('inconclusive') !== '' && (
          <tr>
            <th scope="row" />
            <Cell
              verdict="inconclusive"
              classes={standing('inconclusive')}
              isOwn={result.verdict === 'inconclusive'}
              span={2}
            />
          </tr>
        )}
      </tbody>
    </table>
  );
}

interface CellProps {
  readonly verdict: RegionVerdict;
  readonly classes: string;
  readonly isOwn: boolean;
  readonly span?: number;
}

function Cell({ verdict, classes, isOwn, span = 1 }: CellProps): JSX.Element {
  return (
    <td colSpan={span} data-own={isOwn} data-alarm={verdict === 'shortcut used'}>
      <span>{verdict}</span>
      {classes !== '' && <span className="standing">{classes}</span>}
    </td>
  );
}
