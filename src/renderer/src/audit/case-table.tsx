import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { ClassResult, RunCase } from '#shared/contract/audit-results.ts';
import { api } from '../api/client.ts';
import { auditWords } from './audit-words.ts';
import { HeadRow, type Heading } from './head-row.tsx';
import { nameSubject } from './name-subject.ts';
import { readCase } from './open-cases.ts';
import { showSigned } from './show-number.ts';

interface CaseTableProps {
  readonly dataset: number;
  readonly live: { readonly subject: string; readonly model: number };
  /** These pictures alone; all that were tested when not given. */
  readonly samples?: ReadonlySet<number>;
}

/** Cases of a region as they come; a row opens its picture with the region outlined. */
export function CaseTable({ dataset, live: { subject, model }, samples }: CaseTableProps): JSX.Element {
  const cases = useQuery(api.audit.cases.queryOptions({ input: { dataset, model, subject } }));
  const data = (cases.data?.cases ?? []).filter(({ sample }) => samples?.has(sample) ?? true);
  const open = (sample: number): void => {
    const regions = Object.fromEntries(data.map((one) => [one.sample, one.subject]));
    readCase({ samples: data.map((one) => one.sample), regions, model }, sample);
  };
  const labels = data[0]?.result.classes.map(({ label }) => label) ?? [];
  return (
    <section aria-label={nameSubject(subject)}>
      {!samples && <Text fw={600}>{nameSubject(subject)}</Text>}
      <Text size="sm" className="quiet" aria-live="polite">
        {auditWords.tests.cases(data.length, samples?.size ?? cases.data?.total ?? 0)}
      </Text>
      <table className="numbers ledger" data-testid="cases">
        <HeadRow headings={[['Class'], ['Verdict', 'word'], ...labels.map((label): Heading => [label, 'netEffect'])]} />
        <tbody>
          {data.map((one) => (
            <CaseRow key={one.id} {...{ one, open }} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const netOf = ({ effects }: ClassResult, scale: 'logit' | 'probability'): number | undefined =>
  effects.find((effect) => effect.scale === scale)?.net;

function CaseRow({ one, open }: { readonly one: RunCase; readonly open: (sample: number) => void }): JSX.Element {
  return (
    <tr
      data-sample={one.sample}
      onClick={() => {
        open(one.sample);
      }}
    >
      <th scope="row">
        <button type="button" className="case-button">
          {one.label ?? '–'}
        </button>
      </th>
      <td className="word" data-alarm={one.result.verdict === 'shortcut used'}>
        {one.result.verdict}
      </td>
      {one.result.classes.map((record) => (
        <td key={record.label}>
          {showSigned(netOf(record, 'logit'))}
          <small>p {showSigned(netOf(record, 'probability'), 3)}</small>
        </td>
      ))}
    </tr>
  );
}
