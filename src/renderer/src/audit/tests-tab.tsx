import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { AuditRun } from '#shared/contract/audit-results.ts';
import { api } from '../api/client.ts';
import { JobCard } from '../jobs/job-card.tsx';
import type { AuditTabProps } from './audit-tab-props.ts';
import { useAudit } from './audit-state.ts';
import { auditWords } from './audit-words.ts';
import { CaseTable } from './case-table.tsx';
import { Empty } from './ledger-tab.tsx';
import { nameSubject } from './name-subject.ts';
import { RunView } from './run-view.tsx';
import { TestForm } from './test-form.tsx';
import { useTesting } from './use-testing.ts';

const words = auditWords.tests;

/** Tests over the dataset: begun here, their cases as they come, their numbers, each with the cases behind it. */
export function TestsTab({ overview, list }: AuditTabProps): JSX.Element {
  const runs = useQuery(api.audit.runs.queryOptions({ input: { dataset: list.dataset } }));
  const all = runs.data ?? [];
  const { run, live } = useShown(all);
  return (
    <div className="tests">
      <div className="tests-side">
        <TestForm {...{ overview, list }} />
        <LatestJob />
        {all.length > 0 && <RunList runs={all} chosen={run?.id} />}
      </div>
      <div className="tests-main audit-scroll" tabIndex={0} role="region" aria-label={words.runs}>
        {runs.error && <p className="fault">{runs.error.message}</p>}
        {live && <CaseTable {...{ live, dataset: list.dataset }} />}
        {run && <RunView key={run.id} run={run} dataset={list.dataset} />}
        {!run && !live && runs.isSuccess && <Empty title={words.none} advice={words.noneAdvice} />}
      </div>
    </div>
  );
}

type Live = ReturnType<typeof useAudit.getState>['live'];

/** The run that was chosen, or the latest; the cases of a region as long as its run goes on and no other is looked at. */
function useShown(runs: readonly AuditRun[]): { readonly run: AuditRun | undefined; readonly live: Live } {
  const { run: chosen, live } = useAudit();
  const { isBusy } = useTesting();
  if (isBusy && live !== undefined && chosen === undefined) return { run: undefined, live };
  return { run: runs.find(({ id }) => id === chosen) ?? runs[0], live: undefined };
}

function LatestJob(): JSX.Element | null {
  const { job, isBusy } = useTesting();
  return job && (isBusy || job.state !== 'done') ? <JobCard job={job} /> : null;
}

const kindNames: Readonly<Record<AuditRun['kind'], string>> = {
  region: words.kinds['test-dataset'],
  anatomy: words.kinds.anatomy,
  insertion: words.kinds.insertion,
};

function RunList({
  runs,
  chosen,
}: {
  readonly runs: readonly AuditRun[];
  readonly chosen: number | undefined;
}): JSX.Element {
  const change = useAudit((state) => state.change);
  return (
    <section aria-label={words.runs} className="run-list">
      <Group justify="space-between">
        <h3>{words.runs}</h3>
      </Group>
      {runs.map(({ id, kind, subject, split, createdMs, changes }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === chosen}
          onClick={() => {
            change({ run: id });
          }}
        >
          <span>{nameSubject(subject)}</span>
          <Text component="span" size="xs" className="quiet">
            {[
              kindNames[kind],
              split,
              new Date(createdMs).toLocaleString('en-GB'),
              changes.length > 0 ? 'old' : undefined,
            ]
              .filter((part) => part !== undefined && part !== null)
              .join(' · ')}
          </Text>
        </button>
      ))}
    </section>
  );
}
