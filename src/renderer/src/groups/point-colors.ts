import type { GroupingView, PointView } from '#shared/contract/groups.ts';
import type { ColorChoice } from './group-state.ts';
import { groupWords } from './words.ts';

/** Told apart on black also with a color vision deficiency, as far as eight can be. */
const palette = ['#4c9be8', '#fab04a', '#5fd0c0', '#f08cc0', '#d9e26a', '#e0604c', '#b79cf0', '#e9ecf0'] as const;
const other = '#6d7681';

export const colorOfGroup = (group: number): string => palette[group % palette.length] ?? other;

export interface ColorKey {
  readonly name: string;
  readonly color: string;
  readonly count: number;
}

/** What each map is colored by, and the colors in their order: the most frequent first, beyond eight all in grey. */
export function colorPoints(
  view: GroupingView,
  choice: ColorChoice,
): { readonly keys: readonly ColorKey[]; readonly colorOf: (point: PointView) => string } {
  const nameOf = namings[choice] ?? ((point: PointView) => (point.regions.includes(choice) ? choice : groupWords.none));
  const counts = [...Map.groupBy(view.points, nameOf)].map(([name, { length }]) => ({ name, count: length }));
  const order =
    choice === 'group'
      ? counts.toSorted((a, b) => (a.name < b.name ? -1 : 1))
      : counts.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  const keys = order.map(({ name, count }, at) => ({
    name,
    count,
    color: name === groupWords.none ? other : (palette[at] ?? other),
  }));
  const colors = new Map(keys.map(({ name, color }) => [name, color]));
  return { keys, colorOf: (point) => colors.get(nameOf(point)) ?? other };
}

const namings: Readonly<Record<string, (point: PointView) => string>> = {
  group: ({ group }) => groupWords.group(group),
  label: ({ label = groupWords.none }) => label,
  predicted: ({ predicted = groupWords.none }) => predicted,
  split: ({ split = groupWords.none }) => split,
};

/** Regions that some of the pictures carry. */
export const listRegionNames = ({ groups }: GroupingView): readonly string[] =>
  groups[0]?.regions.map(({ region }) => region) ?? [];
