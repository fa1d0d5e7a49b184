import type { OpenQuestion, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { findOpenInQueue } from './sample-queue.ts';
import { listCountedParts, type CountedPart } from './sample-page.ts';

/**
 * The place (from 0) of the nearest sample of a list that a reader has not judged, round the end of the list to its other one;
 * undefined where there is no other.
 */
export function findOpenPlace(
  catalog: ReadonlyCatalog,
  list: SampleList,
  { place, ...question }: OpenQuestion,
): number | undefined {
  return catalog.snapshot(() => {
    if (list.cases) return findOpenInQueue(catalog, list, { place, ...question });
    const parts = placeParts(listCountedParts(catalog, list));
    const home = parts.findIndex(({ start, count }) => place >= start && place < start + count);
    const { backwards = false } = question;
    /** From a place in a part; beyond its end, from where it begins in this direction. */
    const find = ({ start, count, list: part }: PlacedPart, local = count): number | undefined => {
      const found = catalog.samples.findOpen(part, { ...question, place: local });
      return found === undefined ? undefined : start + found;
    };
    const [own] = parts.slice(home, home + 1);
    const near = home >= 0 && own ? find(own, place - own.start) : undefined;
    const isAhead = near !== undefined && (backwards ? near < place : near > place);
    if (isAhead) return near;
    const others = home < 0 ? parts : [...parts.slice(home + 1), ...parts.slice(0, home)];
    const inTurn = backwards ? others.toReversed() : others;
    return inTurn.map((part) => find(part)).find((found) => found !== undefined) ?? near;
  });
}

interface PlacedPart {
  readonly start: number;
  readonly count: number;
  readonly list: Omit<CountedPart, 'count'>;
}

function placeParts(parts: readonly CountedPart[]): readonly PlacedPart[] {
  let start = 0;
  return parts.flatMap(({ count, ...list }) => {
    const placed = { start, count, list };
    start += count;
    return count === 0 ? [] : [placed];
  });
}
