import { SegmentedControl } from '@mantine/core';
import type { JSX } from 'react';
import { useActions, type Action } from './actions/use-actions.ts';
import { groupWords } from './groups/words.ts';
import { useRooms, type RoomName } from './rooms.ts';

const go = (room: RoomName) => (): void => {
  useRooms.getState().go(room);
};

const actions: readonly Action[] = [
  { id: 'rooms.gallery', title: groupWords.toGallery, scope: 'Everywhere', keys: ['Alt+P'], run: go('gallery') },
  { id: 'rooms.groups', title: groupWords.toGroups, scope: 'Everywhere', keys: ['Alt+G'], run: go('groups') },
  { id: 'rooms.audit', title: groupWords.toAudit, scope: 'Everywhere', keys: ['Alt+D'], run: go('audit') },
];

/** What stands below the bar: the pictures, the groups of their maps, the audit of the dataset. */
export function RoomTabs(): JSX.Element {
  const { room, go: change } = useRooms();
  useActions(actions);
  return (
    <SegmentedControl
      {...{ size: 'xs', value: room }}
      aria-label={groupWords.view}
      data={[
        { value: 'gallery', label: groupWords.gallery },
        { value: 'groups', label: groupWords.title },
        { value: 'audit', label: groupWords.audit },
      ]}
      onChange={(value) => {
        change(value as RoomName);
      }}
    />
  );
}
