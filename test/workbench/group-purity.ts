import type { GroupingView } from '#shared/contract/groups.ts';

export interface Purity {
  /** Share of pictures that have, or have not, the region as most of their group do. */
  readonly purity: number;
  /** The same if all were one group. */
  readonly chance: number;
}

/** How well groups tell pictures with a region from those without. */
export function measurePurity({ groups, points }: GroupingView, region: string): Purity {
  const counts = groups.map(({ group }) => {
    const members = points.filter((point) => point.group === group);
    const marked = members.filter(({ regions }) => regions.includes(region)).length;
    return Math.max(marked, members.length - marked);
  });
  const marked = points.filter(({ regions }) => regions.includes(region)).length;
  return {
    purity: counts.reduce((sum, count) => sum + count, 0) / points.length,
    chance: Math.max(marked, points.length - marked) / points.length,
  };
}
