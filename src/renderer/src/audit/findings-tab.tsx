import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { FindingView } from '#shared/contract/audit.ts';
import { api } from '../api/client.ts';
import { AcceptFinding } from './accept-finding.tsx';
import type { AuditTabProps } from './audit-tab-props.ts';
import { useAudit } from './audit-state.ts';
import { auditWords } from './audit-words.ts';
import { undoFinding, useFindingHistory } from './edit-findings.ts';
import { Empty } from './ledger-tab.tsx';
import { nameSubject } from './name-subject.ts';
import { readCase } from './open-cases.ts';

const words = auditWords.findings;

/** What is established of the dataset, with its evidence. */
export function FindingsTab({ list: { dataset } }: AuditTabProps): JSX.Element {
  const { data, error } = useQuery(api.audit.findings.list.queryOptions({ input: { dataset } }));
  const { done } = useFindingHistory();
  const queries = useQueryClient();
  return (
    <div className="audit-scroll" tabIndex={0} role="region" aria-label={auditWords.tabs.findings}>
      <Stack gap="sm" maw={820}>
        {error && <p className="fault">{error.message}</p>}
        {done.length > 0 && (
          <Group>
            <Button {...{ size: 'compact-xs', variant: 'default' }} onClick={() => void undoFinding(queries)}>
              {auditWords.undo} <kbd>Ctrl Z</kbd>
            </Button>
          </Group>
        )}
        {data?.length === 0 && <Empty title={words.none} advice={words.noneAdvice} />}
        {data?.map((finding) => (
          <Finding key={finding.audit} {...{ finding, dataset }} />
        ))}
      </Stack>
    </div>
  );
}

function Finding({ finding, dataset }: { readonly finding: FindingView; readonly dataset: number }): JSX.Element {
  const { audit, subject, sample, sentence, changes, createdMs } = finding;
  const change = useAudit((state) => state.change);
  const open = (): void => {
    if (sample === undefined) change({ tab: 'tests', run: audit });
    else readCase({ samples: [sample], regions: { [sample]: subject }, model: undefined }, sample);
    if (sample !== undefined) change({ isBeside: true });
  };
  return (
    <article className="finding" aria-label={nameSubject(subject)} data-testid="finding">
      <Group justify="space-between">
        <Text fw={600}>{nameSubject(subject)}</Text>
        <Text size="xs" className="quiet">
          {new Date(createdMs).toLocaleString('en-GB')}
        </Text>
      </Group>
      {changes.length > 0 && <p className="warning">{auditWords.stale(changes)}</p>}
      <Text size="sm">{sentence}</Text>
      <AcceptFinding {...{ audit, dataset }} />
      <Button {...{ size: 'compact-xs', variant: 'default', mt: 6 }} onClick={open}>
        {sample === undefined ? words.evidence : words.open}
      </Button>
    </article>
  );
}
