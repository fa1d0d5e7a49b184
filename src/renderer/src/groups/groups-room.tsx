import { Text } from '@mantine/core';
import { useMemo, type JSX } from 'react';
import type { GroupingView } from '#shared/contract/groups.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { ChosenBar } from './chosen-bar.tsx';
import { GroupDetails } from './group-details.tsx';
import { GroupList } from './group-list.tsx';
import { useGroups } from './group-state.ts';
import { FEWEST_MAPS, GroupToolbar } from './group-toolbar.tsx';
import './groups.css';
import { colorPoints } from './point-colors.ts';
import { Scatter } from './scatter.tsx';
import { useGroupActions } from './use-group-actions.ts';
import { useGrouping, type GroupingPlace } from './use-grouping.ts';
import { groupWords } from './words.ts';

/** Maps of a class that are alike: the list of groups, the plane, and what a group consists of. */
export function GroupsRoom({ list }: { readonly list: SampleList }): JSX.Element {
  const place = useGrouping(list);
  useGroupActions(list, place.view);
  return (
    <main className="groups-room" aria-label={groupWords.title}>
      <GroupToolbar place={place} />
      {place.view ? <Content list={list} view={place.view} /> : <Empty list={list} place={place} />}
    </main>
  );
}

function Content({ list, view }: { readonly list: SampleList; readonly view: GroupingView }): JSX.Element {
  return (
    <div className="groups-body">
      <GroupList view={view} />
      <div className="groups-plane">
        <Legend view={view} />
        <Scatter view={view} />
        <ChosenBar list={list} />
      </div>
      <GroupDetails view={view} />
    </div>
  );
}

function Legend({ view }: { readonly view: GroupingView }): JSX.Element {
  const color = useGroups((groups) => groups.color);
  const { keys } = useMemo(() => colorPoints(view, color), [view, color]);
  return (
    <ul className="legend" aria-label={groupWords.color}>
      {keys.map(({ name, color: shown, count }) => (
        <li key={name}>
          <i style={{ background: shown }} aria-hidden /> {name} <span className="quiet">{count}</span>
        </li>
      ))}
    </ul>
  );
}

function Empty({ list, place }: { readonly list: SampleList; readonly place: GroupingPlace }): JSX.Element {
  const { classes, chosen, isLoading, fault } = place;
  const text =
    list.attribution === undefined
      ? groupWords.noSetup
      : classes?.length === 0
        ? groupWords.noMaps
        : chosen && chosen.maps < FEWEST_MAPS
          ? groupWords.few(chosen.maps)
          : groupWords.teach;
  return (
    <div className="groups-empty" role={fault === undefined ? undefined : 'alert'}>
      <Text maw={460} ta="center" className={fault === undefined ? 'quiet' : 'fault'}>
        {fault ?? (isLoading ? '' : text)}
      </Text>
    </div>
  );
}
