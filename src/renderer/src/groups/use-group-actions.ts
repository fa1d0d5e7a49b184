import type { GroupingView } from '#shared/contract/groups.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { useActions, type Action } from '../actions/use-actions.ts';
import { useRooms } from '../rooms.ts';
import { membersOf } from './group-list.tsx';
import { useGroups } from './group-state.ts';
import { showChosen } from './show-chosen.ts';

const scope = 'Groups';

/** Keys of the view: the arrows go from group to group and choose its members. */
export function useGroupActions(list: SampleList, view: GroupingView | undefined): void {
  const step = (by: number) => (): void => {
    if (!view) return;
    const { group, chosen, stand } = useGroups.getState();
    const next = chosen.size === 0 ? group : Math.min(view.groups.length - 1, Math.max(0, group + by));
    stand(next, membersOf(view, next));
  };
  const actions: readonly Action[] = [
    { id: 'groups.next', title: 'Next group', scope, keys: ['ArrowDown'], run: step(1) },
    { id: 'groups.previous', title: 'Previous group', scope, keys: ['ArrowUp'], run: step(-1) },
    {
      ...{ id: 'groups.show', title: 'Show what is chosen in the gallery', scope, keys: ['Enter'] },
      run: () => {
        showChosen(list);
      },
    },
    {
      ...{ id: 'groups.leave', title: 'Choose none; then back to the pictures', scope, keys: ['Escape'] },
      run: () => {
        const { chosen, choose } = useGroups.getState();
        if (chosen.size > 0) choose([], false);
        else useRooms.getState().go('gallery');
      },
    },
  ];
  useActions(actions);
}
