import { writeCsv } from '#core/audit/index.ts';
import type { GroupingView } from '#shared/contract/groups.ts';

/** A row for each picture, named by its hash. Groups count from 1 for people. */
export function writePointsCsv({ points }: GroupingView): string {
  const head = ['picture', 'group', 'x', 'y', 'silhouette', 'label', 'predicted', 'split', 'regions'];
  const rows = points.map(({ contentSha256, group, x, y, silhouette, label, predicted, split, regions }) => [
    ...[contentSha256, group + 1, x, y, silhouette, label, predicted, split, regions.join('; ')],
  ]);
  return writeCsv([head, ...rows]);
}

/** A row for each group and region. */
export function writeGroupsCsv({ groups }: GroupingView): string {
  const head = ['group', 'size', 'silhouette', 'region', 'in group', 'in rest', 'rest', 'odds ratio', 'low', 'high'];
  const rows = groups.flatMap(({ group, size, silhouette, regions }) => {
    const first = [group + 1, size, silhouette];
    if (regions.length === 0) return [first];
    return regions.map(({ region, inGroup, inRest, rest, oddsRatio, interval }) => [
      ...[...first, region, inGroup, inRest, rest, oddsRatio, interval.low, interval.high],
    ]);
  });
  return writeCsv([head, ...rows]);
}
