import { Button, Group, SegmentedControl, Select, Text } from '@mantine/core';
import { keepPreviousData, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { LedgerView } from '#shared/contract/audit.ts';
import type { SetupView } from '#shared/contract/overview.ts';
import { api, client } from '../api/client.ts';
import { startJob } from '../jobs/use-jobs.ts';
import { tellFault } from '../shell/notices.ts';
import type { AuditTabProps } from './audit-tab-props.ts';
import { useAudit } from './audit-state.ts';
import { auditWords } from './audit-words.ts';
import { GroupTable } from './group-table.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { nameSubject } from './name-subject.ts';
import { useTesting } from './use-testing.ts';
import { JobCard } from '../jobs/job-card.tsx';

const words = auditWords.ledger;

/** Every heatmap of the list, by region; worst first. */
export function LedgerTab({ overview, list }: AuditTabProps): JSX.Element {
  const { region, order, ascending, byGroup } = useAudit();
  const setup = overview.setups.find(({ id }) => id === list.attribution);
  const input = setup
    ? { list, setup: setup.id, order, ascending, ...(region !== undefined && { region }) }
    : skipToken;
  const ledger = useQuery(api.audit.ledger.queryOptions({ input, placeholderData: keepPreviousData }));
  if (!setup) return <Empty title={words.none} advice={words.noneAdvice} />;
  if (ledger.error) return <p className="fault">{ledger.error.message}</p>;
  if (!ledger.data) return <p className="quiet" />;
  return (
    <>
      <LedgerBar {...{ setup, list }} ledger={ledger.data} />
      {byGroup ? (
        <GroupTable {...{ list, setup }} />
      ) : (
        <LedgerTable key={`${setup.id} ${region ?? ''} ${order}`} rows={ledger.data.rows} model={setup.modelId} />
      )}
    </>
  );
}

export function Empty({ title, advice }: { readonly title: string; readonly advice: string }): JSX.Element {
  return (
    <div className="audit-empty">
      <Text fw={600}>{title}</Text>
      <Text size="sm" className="quiet">
        {advice}
      </Text>
    </div>
  );
}

interface LedgerBarProps extends Pick<AuditTabProps, 'list'> {
  readonly setup: SetupView;
  readonly ledger: LedgerView;
}

function LedgerBar({ setup, list, ledger }: LedgerBarProps): JSX.Element {
  const { region, byGroup, change } = useAudit();
  const { job, isBusy } = useTesting();
  return (
    <Group gap="sm" className="audit-bar">
      <SegmentedControl
        {...{ size: 'xs', value: byGroup ? 'groups' : 'cases', 'aria-label': words.show }}
        data={(['cases', 'groups'] as const).map((value) => ({ value, label: words[value] }))}
        onChange={(value) => {
          change({ byGroup: value === 'groups' });
        }}
      />
      {!byGroup && (
        <Select
          {...{ size: 'xs', w: 210, value: region ?? '', allowDeselect: false, 'aria-label': words.region }}
          data={[
            { value: '', label: words.worst },
            ...ledger.regions.map((name) => ({ value: name, label: nameSubject(name) })),
          ]}
          onChange={(value) => {
            change({ region: value === '' || value === null ? undefined : value });
          }}
        />
      )}
      <Text size="xs" className="quiet">
        {setup.model} · {setup.composite} · {setup.target}
      </Text>
      <Missing {...{ setup, list, ledger }} />
      {isBusy && job && <JobCard job={job} />}
    </Group>
  );
}

/** What is not in the ledger, and what to do about it. */
function Missing({ setup, list, ledger }: LedgerBarProps): JSX.Element {
  const { start, isBusy } = useTesting();
  const queries = useQueryClient();
  const book = () => start({ kind: 'book', dataset: list.dataset, setup: setup.id });
  const compute = async (): Promise<void> => {
    try {
      const samples = await client.samples.ids({ list: { ...list, heatmap: false } });
      const { modelId: model, composite, target } = setup;
      await startJob(queries, { kind: 'attribute', dataset: list.dataset, model, composite, target, samples });
      await book();
    } catch (cause) {
      tellFault(cause);
    }
  };
  return (
    <>
      {ledger.unbooked > 0 && (
        <Text size="sm">
          {words.unbooked(ledger.unbooked)}{' '}
          <Button {...{ size: 'compact-xs', disabled: isBusy }} onClick={() => void book()}>
            {words.book}
          </Button>
        </Text>
      )}
      {ledger.undefinedShares > 0 && (
        <Text size="xs" className="quiet">
          {words.undefinedShares(ledger.undefinedShares)}
        </Text>
      )}
      {ledger.missing > 0 && (
        <Text size="sm">
          {words.missing(ledger.missing)}{' '}
          <Button {...{ size: 'compact-xs', variant: 'default', disabled: isBusy }} onClick={() => void compute()}>
            {words.compute}
          </Button>
        </Text>
      )}
    </>
  );
}
