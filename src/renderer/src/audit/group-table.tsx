import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { RegionGroup } from '#shared/contract/audit.ts';
import type { SetupView } from '#shared/contract/overview.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { withoutBlanks } from '../gallery/filters.ts';
import { useAudit } from './audit-state.ts';
import { auditWords } from './audit-words.ts';
import { HeadRow, type Heading } from './head-row.tsx';
import { nameSubject } from './name-subject.ts';
import { showNumber, showPercent, showSpan } from './show-number.ts';

const headings: readonly Heading[] = [
  ['Region'],
  ['Class', 'word'],
  ['pictures'],
  ['share', 'groupShare'],
  ['95 % interval'],
  ['E', 'groupShare'],
  ['95 % interval'],
  ['by', 'word'],
];

interface GroupTableProps {
  readonly list: SampleList;
  readonly setup: SetupView;
}

/** Shares by region and class; a row shows the pictures it is made of. */
export function GroupTable({ list, setup }: GroupTableProps): JSX.Element {
  const { data, error } = useQuery(api.audit.groups.queryOptions({ input: { list, setup: setup.id } }));
  if (error) return <p className="fault">{error.message}</p>;
  return (
    <div className="audit-scroll" tabIndex={0} role="region" aria-label={auditWords.ledger.groups}>
      <table className="numbers ledger" data-testid="groups">
        <HeadRow headings={headings} />
        <tbody>
          {data?.map((group) => (
            <GroupRow key={`${group.region} ${group.label ?? ''}`} {...{ group, list }} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GroupRow({ group, list }: { readonly group: RegionGroup; readonly list: SampleList }): JSX.Element {
  const change = useAudit((state) => state.change);
  const choose = useChoices((choices) => choices.choose);
  const { region, label, pictures, leftOut, share, shareInterval, enrichment, enrichmentInterval, unit } = group;
  const show = (): void => {
    if (label !== undefined) choose(withoutBlanks({ ...list, label: [label] }));
    change({ byGroup: false, region });
  };
  return (
    <tr data-whole={label === undefined} onClick={show}>
      <th scope="row">
        <button
          type="button"
          className="case-button"
          aria-label={`${nameSubject(region)}, ${label ?? auditWords.ledger.all}`}
        >
          {label === undefined ? nameSubject(region) : ''}
        </button>
      </th>
      <td className="word">{label ?? auditWords.ledger.all}</td>
      <td>
        {pictures.toLocaleString('en')}
        {leftOut > 0 && <small>{leftOut} undefined</small>}
      </td>
      <td>{showPercent(share)}</td>
      <td>{showSpan(shareInterval, showPercent)}</td>
      <td>{showNumber(enrichment, 1)}</td>
      <td>{showSpan(enrichmentInterval, (value) => showNumber(value, 1))}</td>
      <td className="word">{unit}</td>
    </tr>
  );
}
