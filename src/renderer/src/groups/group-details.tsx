import type { JSX } from 'react';
import type { GroupingView, GroupView } from '#shared/contract/groups.ts';
import './group-details.css';
import { EigenPlot } from './eigen-plot.tsx';
import { useGroups } from './group-state.ts';
import { PointPicture } from './point-picture.tsx';
import { groupWords } from './words.ts';

/** Beside the plot: the map under the pointer, the group the list stands at, and why there are so many groups. */
export function GroupDetails({ view }: { readonly view: GroupingView }): JSX.Element {
  const { group: current, hovered } = useGroups();
  const group = view.groups[current] ?? view.groups[0];
  const point = view.points.find(({ id }) => id === hovered);
  return (
    <aside className="group-details" aria-label={groupWords.group(current)} tabIndex={0}>
      {point && (
        <section className="group-part" data-testid="hovered">
          <h3>{groupWords.picture}</h3>
          <div className="hovered">
            <PointPicture point={point} alt="" />
            <p>
              {groupWords.group(point.group)} · {groupWords.silhouette} {point.silhouette.toFixed(2)}
              <br />
              {[point.label, point.predicted && `→ ${point.predicted}`, point.split].filter(Boolean).join(' · ')}
              <br />
              {point.regions.join(', ')}
            </p>
          </div>
        </section>
      )}
      {group && <Members view={view} group={group} />}
      {group && group.regions.length > 0 && <Regions group={group} />}
      <EigenPlot view={view} />
      <Facts view={view} />
    </aside>
  );
}

function Members({ view, group }: { readonly view: GroupingView; readonly group: GroupView }): JSX.Element {
  const byId = new Map(view.points.map((point) => [point.id, point]));
  const members = group.nearest.flatMap((id) => byId.get(id) ?? []);
  return (
    <section className="group-part">
      <h3>
        {groupWords.group(group.group)}: {groupWords.nearest}
      </h3>
      <div className="members">
        {members.map((point) => (
          <PointPicture key={point.id} point={point} alt={point.label ?? ''} />
        ))}
      </div>
    </section>
  );
}

function Regions({ group }: { readonly group: GroupView }): JSX.Element {
  const { size, regions } = group;
  const strongest = regions.toSorted((a, b) => Math.abs(Math.log(b.oddsRatio)) - Math.abs(Math.log(a.oddsRatio)));
  const percent = (count: number, of: number): string => (of === 0 ? '–' : `${Math.round((100 * count) / of)} %`);
  return (
    <section className="group-part" title={groupWords.regionTip}>
      <h3>{groupWords.regions}</h3>
      <ul className="group-regions">
        {strongest.map(({ region, inGroup, inRest, rest, oddsRatio, interval: { low, high } }) => (
          <li key={region} data-strong={low > 1 || high < 1}>
            <span>{region}</span>
            <span>
              {percent(inGroup, size)} / {percent(inRest, rest)}
            </span>
            <span className="quiet">{groupWords.odds(short(oddsRatio), short(low), short(high))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const short = (ratio: number): string =>
  ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);

function Facts({ view }: { readonly view: GroupingView }): JSX.Element {
  const { settings, neighbours, leftOut, drawnFrom, points, silhouette } = view;
  const missing = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  return (
    <section className="group-part quiet facts">
      <span title={groupWords.silhouetteTip}>
        {groupWords.silhouette} {silhouette.toFixed(3)}
      </span>
      <span>{groupWords.facts(settings.side, neighbours, settings.seed)}</span>
      {missing > 0 && <span>{groupWords.leftOut(missing)}</span>}
      {drawnFrom !== undefined && <span>{groupWords.drawn(points.length, drawnFrom)}</span>}
    </section>
  );
}
