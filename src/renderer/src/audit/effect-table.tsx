import type { JSX } from 'react';
import type { CaseResult, ClassResult } from '#shared/contract/audit-results.ts';
import { HeadRow, type Heading } from './head-row.tsx';
import { showNumber, showPercent, showSigned } from './show-number.ts';

const effectHeadings: readonly Heading[] = [
  ['Class'],
  ['net logit', 'netEffect'],
  ['net p', 'netEffect'],
  ['share', 'absoluteShare'],
  ['E', 'enrichment'],
];

const fillHeadings: readonly Heading[] = [
  ['removal', 'removalEffect'],
  ['control', 'control'],
  ['SDs', 'deviations'],
  ['net p', 'netEffect'],
];

type Scale = ClassResult['effects'][number]['scale'];

const effectOf = ({ effects }: ClassResult, scale: Scale): ClassResult['effects'][number] | undefined =>
  effects.find((effect) => effect.scale === scale);

/** What the region does to every class, and how much relevance lies there. */
export function EffectTable({ result }: { readonly result: CaseResult }): JSX.Element {
  return (
    <table className="numbers" aria-label="Effect on every class" data-testid="effects">
      <HeadRow headings={effectHeadings} />
      <tbody>
        {result.classes.map((record) => (
          <tr key={record.label}>
            <th scope="row">
              {record.label}
              <small>
                {showNumber(record.logit)} · p {showNumber(record.probability)}
              </small>
            </th>
            <NetCell record={record} scale="logit" digits={2} />
            <NetCell record={record} scale="probability" digits={3} />
            <td>{showPercent(record.share)}</td>
            <td>{showNumber(record.enrichment, 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface NetCellProps {
  readonly record: ClassResult;
  readonly scale: Scale;
  readonly digits: number;
}

function NetCell({ record, scale, digits }: NetCellProps): JSX.Element {
  const effect = effectOf(record, scale);
  return (
    <td data-finding={effect?.finding}>
      {showSigned(effect?.net, digits)}
      <small>
        {showNumber(effect?.least, digits)} to {showNumber(effect?.largest, digits)}
      </small>
    </td>
  );
}

/** Of the class that moves most: what each fill does, and what it does to the controls. */
export function FillTable({ result }: { readonly result: CaseResult }): JSX.Element | null {
  const netOf = (record: ClassResult): number => Math.abs(effectOf(record, 'logit')?.net ?? 0);
  const lead = result.classes.toSorted((a, b) => netOf(b) - netOf(a))[0];
  if (!lead) return null;
  const fills = effectOf(lead, 'logit')?.fills ?? [];
  const probabilities = effectOf(lead, 'probability')?.fills ?? [];
  return (
    <table className="numbers" aria-label={`${lead.label} by fill`} data-testid="fills">
      <HeadRow headings={[[`${lead.label} by fill`, 'fillSensitivity'], ...fillHeadings]} />
      <tbody>
        {fills.map(({ fill, removal, control, deviations }) => (
          <tr key={fill}>
            <th scope="row">{fill}</th>
            <td>{showSigned(removal)}</td>
            <td>{showSigned(control)}</td>
            <td>{showNumber(deviations ?? Infinity, 1)}</td>
            <td>{showSigned(probabilities.find((one) => one.fill === fill)?.net, 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
