import './audit.css';
import './audit-room.css';
import { Button, Group, SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, type JSX } from 'react';
import type { SampleList } from '#shared/contract/samples.ts';
import { useActions } from '../actions/use-actions.ts';
import { useChoices } from '../choices.ts';
import { useRooms } from '../rooms.ts';
import { useAudit, type AuditTab } from './audit-state.ts';
import type { AuditTabProps } from './audit-tab-props.ts';
import { auditWords as words } from './audit-words.ts';
import { redoFinding, undoFinding } from './edit-findings.ts';
import { FindingsTab } from './findings-tab.tsx';
import { LedgerTab } from './ledger-tab.tsx';
import { TestsTab } from './tests-tab.tsx';

const tabs: Readonly<Record<AuditTab, (props: AuditTabProps) => JSX.Element>> = {
  ledger: LedgerTab,
  tests: TestsTab,
  findings: FindingsTab,
};

/** In place of the gallery: where relevance lies over a list, what tests over the dataset say, what is established. */
export function AuditRoom(props: AuditTabProps): JSX.Element {
  const { tab, change } = useAudit();
  useQueueTakenBack(props.list);
  const Content = tabs[tab];
  return (
    <main className="audit-room" aria-label={words.title}>
      <Group gap="sm" className="audit-tabs">
        <SegmentedControl
          {...{ size: 'xs', value: tab, 'aria-label': words.title }}
          data={(Object.keys(tabs) as AuditTab[]).map((name) => ({ value: name, label: words.tabs[name] }))}
          onChange={(value) => {
            change({ tab: value });
          }}
        />
        <Button
          {...{ size: 'compact-sm', variant: 'subtle', color: 'gray', ml: 'auto' }}
          onClick={() => {
            useRooms.getState().go('gallery');
          }}
        >
          {words.gallery} <kbd>Q</kbd>
        </Button>
      </Group>
      <Content {...props} />
      <RoomKeys />
    </main>
  );
}

/** As long as nothing is read: there the same keys undo marks. */
function RoomKeys(): JSX.Element | null {
  const open = useChoices((choices) => choices.open);
  return open === undefined ? <FindingKeys /> : null;
}

function FindingKeys(): null {
  const queries = useQueryClient();
  useActions([
    {
      id: 'audit.undo',
      title: `${words.undo}: findings`,
      scope: 'Everywhere',
      keys: ['Ctrl+Z'],
      run: () => void undoFinding(queries),
    },
    {
      id: 'audit.redo',
      title: 'Do again: findings',
      scope: 'Everywhere',
      keys: ['Ctrl+Y', 'Ctrl+Shift+Z'],
      run: () => void redoFinding(queries),
    },
  ]);
  return null;
}

/** Back from the cases of a number, the list is the one before. */
function useQueueTakenBack(list: SampleList): void {
  const { open, aside, takeBack } = useChoices();
  const isBack = open === undefined && aside !== undefined && list.cases !== undefined;
  useEffect(() => {
    if (isBack) takeBack();
  }, [isBack, takeBack]);
}
