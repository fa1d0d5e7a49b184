import { SegmentedControl } from '@mantine/core';
import type { JSX } from 'react';
import { useActions, type Action } from './actions/use-actions.ts';
import { auditWords } from './audit/audit-words.ts';
import { groupWords } from './groups/words.ts';
import { useRooms, type RoomName } from './rooms.ts';

const go = (room: RoomName) => (): void => {
  useRooms.getState().go(room);
};

const actions: readonly Action[] = [
  { id: 'rooms.gallery', title: groupWords.toGallery, scope: 'Everywhere', keys: ['Alt+P'], run: go('gallery') },
  { id: 'rooms.groups', title: groupWords.toGroups, scope: 'Everywhere', keys: ['Alt+G'], run: go('groups') },
  { id: 'rooms.dataset', title: groupWords.toAudit, scope: 'Everywhere', keys: ['Alt+D'], run: go('dataset') },
];

/** What stands below the bar: the pictures, the audit of a model, groups of maps, the audit of the dataset. The audit has a key of its own. */
export function RoomTabs(): JSX.Element {
  const { room, go: change } = useRooms();
  useActions(actions);
  return (
    <SegmentedControl
      {...{ size: 'xs', value: room }}
      aria-label={groupWords.view}
      data={[
        { value: 'gallery', label: groupWords.gallery },
        { value: 'audit', label: auditWords.title },
        { value: 'groups', label: groupWords.title },
        { value: 'dataset', label: groupWords.audit },
      ]}
      onChange={(value) => {
        change(value);
      }}
    />
  );
}
