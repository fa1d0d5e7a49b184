import type { JSX } from 'react';
import type { GroupingView, GroupView } from '#shared/contract/groups.ts';
import { useGroups } from './group-state.ts';
import { MeanMap } from './mean-map.tsx';
import { colorOfGroup } from './point-colors.ts';
import { groupWords } from './words.ts';

export const membersOf = ({ points }: GroupingView, group: number): readonly number[] =>
  points.flatMap((point) => (point.group === group ? [point.id] : []));

/** The groups: what the lasso does by mouse, this does by keyboard. */
export function GroupList({ view }: { readonly view: GroupingView }): JSX.Element {
  const { group: current, stand } = useGroups();
  return (
    <div role="listbox" aria-label={groupWords.list} className="group-list" tabIndex={0} data-testid="groups">
      {view.groups.map((one) => (
        <div
          key={one.group}
          role="option"
          aria-selected={one.group === current}
          className="group-entry"
          onClick={() => {
            stand(one.group, membersOf(view, one.group));
          }}
        >
          <MeanMap mean={one.mean} label={`${groupWords.mean}, ${groupWords.group(one.group)}`} />
          <span className="group-text">
            <span className="group-name">
              <i style={{ background: colorOfGroup(one.group) }} aria-hidden />
              {groupWords.group(one.group)}
            </span>
            <span title={groupWords.silhouetteTip}>
              {groupWords.maps(one.size)} · {groupWords.silhouette} {one.silhouette.toFixed(2)}
            </span>
            <span>{describeShares(one)}</span>
          </span>
        </div>
      ))}
    </div>
  );
}

const SHOWN = 2;

function describeShares({ labels, size }: GroupView): string {
  return labels
    .slice(0, SHOWN)
    .map(({ name, count }) => `${name || groupWords.none} ${Math.round((100 * count) / size)} %`)
    .join(', ');
}
